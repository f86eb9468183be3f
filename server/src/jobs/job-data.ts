/** What each queue carries. No secret ever: a dump of the database must open nothing. */
export type JobData = {
  mail: Mail
  'remove-avatar': { key: string }
  /** A label whose new name, or deletion, its contacts are to get, and the author of that change. */
  'propagate-label': {
    ownerId: string
    actorId: string
    via: 'api' | 'import' | 'populate' | 'carddav'
    labelId: string
  }
  import: { ownerId: string; importId: string }
  /** Contacts whose derived columns are older than a version. */
  reproject: { version: number }
  cleanup: Record<string, never>
}

/**
 * A mail to be written: its subject and its reader, never its words. Its token is made when it is
 * delivered, so that neither a row nor a job ever holds what a link proves.
 */
export type Mail =
  /** Asked for by anyone who names an address; there may be no such account. */
  | { kind: 'confirm_email' | 'reset_password'; email: string; requestedAt: string }
  /** Tells the owner of an account what happened to it. */
  | {
      kind:
        | 'password_changed'
        | 'password_reset'
        | 'password_set'
        | 'session_stolen'
        | 'email_change_reverted'
      userId: string
      at: string
      userAgent: string
      ip: string
    }
  /** The same of a key for a program, by the name that its owner gave it. */
  | {
      kind: 'api_token_created' | 'app_password_created'
      userId: string
      at: string
      userAgent: string
      ip: string
      keyName: string
      scope: 'read_only' | 'read_write'
    }
  /** Goes to the address that a user asked for, or to the one that they have. */
  | {
      kind: 'change_email' | 'email_change_notice'
      userId: string
      changeId: string
      at: string
      userAgent: string
      ip: string
    }
  /** The account is gone by then, so the mail brings its own address. */
  | { kind: 'account_deleted'; email: string; username: string; at: string }
