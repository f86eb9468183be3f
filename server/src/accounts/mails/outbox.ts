import { askIn, type Database } from '../../db/database.ts'
import type { Mail } from '../../jobs/job-data.ts'
import type { Jobs } from '../../jobs/jobs.ts'

/** Queues a mail in the transaction of the row it speaks of. */
export function enqueueMail(jobs: Jobs, db: Database, mail: Mail): Promise<void> {
  return jobs.send(askIn(db), 'mail', mail)
}
