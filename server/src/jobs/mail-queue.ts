import { sql } from 'kysely'
import type { Database } from '../db/database.ts'

/** Mails that are not sent yet, and how many of them were tried in vain. */
export type MailQueue = { waiting: number; delayed: number }

export async function readMailQueue(db: Database): Promise<MailQueue> {
  const { rows } = await sql<MailQueue>`
    select count(*)::integer as waiting,
      (count(*) filter (where retry_count > 0))::integer as delayed
    from pgboss.job where name = 'mail' and state < 'completed'`.execute(db)
  return rows[0] ?? { waiting: 0, delayed: 0 }
}
