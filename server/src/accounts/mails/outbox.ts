import type { Database } from '../../db/database.ts'
import type { Mail } from '../../jobs/job-data.ts'
import type { Jobs } from '../../jobs/jobs.ts'

/** Queues a mail in the transaction of the row it speaks of. */
export function enqueueMail(jobs: Jobs, trx: Database, mail: Mail): Promise<void> {
  return jobs.send(trx, 'mail', mail)
}
