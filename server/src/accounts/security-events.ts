import { randomUUIDv7 } from 'node:crypto'
import type { Database } from '../db/database.ts'
import type { Client } from './client.ts'

export type SecurityEvent =
  | 'signed_up'
  | 'logged_in'
  | 'logged_out'
  | 'session_ended'
  | 'session_stolen'
  | 'password_changed'
  | 'password_reset'
  | 'password_set'
  | 'email_change_requested'
  | 'email_changed'
  | 'email_change_stopped'
  | 'api_token_created'
  | 'api_token_deleted'
  | 'app_password_created'
  | 'app_password_deleted'

/** Writes down what happened to an account, in the transaction in which it happened. */
export async function noteSecurityEvent(
  trx: Database,
  userId: string,
  kind: SecurityEvent,
  client: Client,
) {
  const { ip, userAgent } = client
  const event = { user_id: userId, id: randomUUIDv7(), kind, ip, user_agent: userAgent }
  await trx.insertInto('security_events').values(event).execute()
}
