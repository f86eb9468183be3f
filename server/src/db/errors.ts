/**
 * Whether a statement broke the named unique constraint or index. Of a shard only the message has the name,
 * with the shard's number behind it.
 */
export function isUniqueViolation(error: unknown, constraint: string): boolean {
  if (!hasCode(error, '23505')) return false
  if ('constraint' in error && error.constraint) return error.constraint === constraint
  return new RegExp(`\\b${constraint}(?:_\\d+)?\\b`).test(error.message)
}

/** Whether a row was written for a user who was deleted meanwhile: all foreign keys lead to users. */
export function isOwnerGone(error: unknown): boolean {
  return hasCode(error, '23503')
}

// https://www.postgresql.org/docs/current/errcodes-appendix.html: class 08 and 57P are connections
// that were lost or refused, as is 25P03; 25006 is a server that has become a standby, class 53 one
// that lacks room, CIINF a node of Citus that lacks what another one was to send it. Class 40 is a
// transaction that was taken back in favour of another one, as Citus does with deadlocks across nodes. The
// others are Node's and the pool's own.
const awayCodes =
  /^(?:08...|40...|57P..|25P03|25006|53...|CIINF|ECONN\w+|ENOTFOUND|EAI_AGAIN|ETIMEDOUT|EPIPE|EHOSTUNREACH|ENETUNREACH)$/
const awayMessages =
  /^(?:Connection terminated|timeout exceeded when trying to connect|timeout expired$|Client (?:has encountered a connection error|was closed)|Cannot use a pool after calling end|could not commit transaction for shard|connection to the remote node)/

/** Whether the database could not be reached, or cannot work: try again later. */
export function isDatabaseAway(error: unknown): boolean {
  if (error instanceof AggregateError && error.errors.some(isDatabaseAway)) return true
  if (typeof error !== 'object' || error === null) return false
  const { code, syscall, message, routine, severity } = error as {
    [key in 'code' | 'syscall' | 'message' | 'routine' | 'severity']?: unknown
  }
  // The last words of a server that goes down, as for a disk that cannot be written to.
  if (severity === 'PANIC') return true
  if (awayCodes.test(String(code)) || awayMessages.test(String(message))) return true
  // "cached plan must not change result type": a newer version of ours has changed the table, and
  // only a new connection will prepare the statement anew.
  if (code === '0A000' && routine === 'RevalidateCachedQuery') return true
  // No socket in the file system.
  return code === 'ENOENT' && syscall === 'connect'
}

/** Whether all connections of the pool were in use for too long: it may be we who ask too much. */
export function isPoolBusy(error: unknown): boolean {
  return reasonOf(error).startsWith('timeout exceeded when trying to connect')
}

/** Why, in a few words: where a host has several addresses, what each of them said. */
export function reasonOf(error: unknown): string {
  if (error instanceof AggregateError) return error.errors.map(reasonOf).join('; ')
  if (!(error instanceof Error)) return String(error)
  if (isPasswordMissing(error)) return 'it asks for a password, and the URL has none'
  return error.message || String('code' in error ? error.code : error)
}

/** Whether the client was asked for a password and had none: `pg` says so by a message alone. */
function isPasswordMissing({ message }: Error): boolean {
  return /client password must be a (?:non-empty )?string/.test(message)
}

/**
 * Whether the database refused values that it was given (classes 22 and 54), or that break a constraint
 * (23): another try would end alike, unless the owner is gone.
 */
export function isDataError(error: unknown): boolean {
  if (isOwnerGone(error) || !(error instanceof Error) || !('code' in error)) return false
  return /^(?:22|23|54)...$/.test(String(error.code))
}

/** Whether the database does not let us do this at all. */
export function isPermissionDenied(error: unknown): error is Error {
  return hasCode(error, '42501')
}

/** Whether the database cancelled a statement for its time (`statement_timeout`). */
export function isStatementTimeout(error: unknown): boolean {
  return hasCode(error, '57014')
}

/** Whether a transaction asked for more locks than the server has room for. */
export function isOutOfLocks(error: unknown): boolean {
  return hasCode(error, '53200') && JSON.stringify(error).includes('max_locks_per_transaction')
}

function hasCode(error: unknown, code: string): error is Error & { code: string } {
  return error instanceof Error && 'code' in error && error.code === code
}
