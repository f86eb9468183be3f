import type { Database } from '../../db/database.ts'
import type { Jobs } from '../../jobs/jobs.ts'

/**
 * A mail to be: what it is about and for whom, never its words. Its token is made when it is
 * delivered, so that neither a row nor a job ever holds what a link proves.
 */
export type Mail =
  /** Asked for by anyone who names an address; there may be no such account. */
  | { kind: 'confirm_email' | 'reset_password'; email: string; requestedAt: string }
  /** Tells the owner of an account what happened to it. */
  | {
      kind: 'password_changed' | 'password_reset' | 'session_stolen'
      userId: string
      at: string
      userAgent: string
      ip: string
    }
  /** The account is gone by then, so the mail brings its own address. */
  | { kind: 'account_deleted'; email: string; username: string; at: string }

/** Queues a mail in the transaction of the row it speaks of. */
export function enqueueMail(jobs: Jobs, trx: Database, mail: Mail): Promise<void> {
  return jobs.send(trx, 'mail', mail)
}
