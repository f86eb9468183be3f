import type { Aging } from '../db/purge.ts'

const theirs = { owner: 'user_id', key: 'id', since: 'expires_at' } as const

/** What of accounts nobody can use any more, a while after its end: what has just ended is still explained. */
export const agingAccountRows: Aging[] = [
  { ...theirs, table: 'sessions', lifetime: '1 day' },
  { ...theirs, table: 'mailed_tokens', key: 'token_hash', lifetime: '1 day' },
  { ...theirs, table: 'email_changes', lifetime: '1 day' },
  { ...theirs, table: 'access_keys', lifetime: '30 days' },
  { ...theirs, table: 'security_events', since: 'at', lifetime: '1 year' },
]
