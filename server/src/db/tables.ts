import type { ColumnType, Generated, Selectable } from 'kysely'

/** Set by the database when a row is made. */
type Stamp = ColumnType<Date, Date | undefined, Date>

/** The data map: every table that is asked through Kysely, as `migrations/` leaves them. */
export type Tables = {
  users: {
    id: string
    username: string
    email: string
    password_hash: string
    password_changed_at: Stamp
    confirmed_at: Date | null
    disabled_at: Date | null
    avatar_key: string | null
    avatar_url: string | null
    version: Generated<number>
    created_at: Stamp
    updated_at: Stamp
    preferences: Generated<Record<string, unknown>>
    accepted_languages: Generated<string[]>
  }
  /** Whose an address is. */
  user_emails: {
    email_key: string
    user_id: string
  }
  /** Whose a secret is that does not hold the id of its user. */
  user_secrets: {
    secret_hash: Buffer
    user_id: string
    expires_at: Date | null
  }
  sessions: {
    user_id: string
    id: string
    gen: Generated<number>
    confirmed_gen: Generated<number>
    rotated_at: Stamp
    version: Generated<number>
    user_agent: string
    ip: string
    created_at: Stamp
    last_seen_at: Stamp
    expires_at: Date
    revoked_at: Date | null
    device_hash: Buffer | null
  }
  mailed_tokens: {
    user_id: string
    purpose: string
    token_hash: Buffer
    email: string
    expires_at: Date
  }
  email_changes: {
    user_id: string
    id: string
    email: string
    session_id: string
    expires_at: Date
  }
  login_failures: {
    email_hash: Buffer
    failures: number
    failed_at: Date
    blocked_until: Date
  }
  security_events: {
    user_id: string
    id: string
    kind: string
    ip: string
    user_agent: string
    at: Stamp
  }
  invites: {
    id: string
    email: string
    secret_hash: Buffer
    created_at: Stamp
    expires_at: Date
  }
  access_keys: {
    user_id: string
    id: string
    kind: 'api_token' | 'app_password'
    name: string
    scope: 'read_only' | 'read_write'
    secret_hash: Buffer
    created_at: Stamp
    expires_at: Date | null
    last_used_at: Date | null
    last_address: string | null
    last_client: string | null
  }
  owners: {
    id: string
    modseq: Generated<number>
    epoch: Generated<number>
  }
}

export type UserRow = Selectable<Tables['users']>
export type SessionRow = Selectable<Tables['sessions']>
export type AccessKeyRow = Selectable<Tables['access_keys']>
