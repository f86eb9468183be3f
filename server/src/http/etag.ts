import { AppError } from '../errors.ts'

/** The strong entity tag of a contact: it changes with every write, and only then. */
export function etagOf(row: { modseq: number }): string {
  return `"m${row.modseq}"`
}

/** Whether `If-None-Match` (RFC 9110, 13.1.2) says that the client has this already. */
export function isFresh(ifNoneMatch: string | undefined, etag: string): boolean {
  return (
    ifNoneMatch !== undefined &&
    tagsIn(ifNoneMatch).some((tag) => tag === '*' || tag.replace(/^W\//, '') === etag)
  )
}

/**
 * Refuses a write whose `If-Match` (RFC 9110, 13.1.1) names none of this tag. Weak tags never match.
 * @throws AppError `stale`
 */
export function requireMatch(ifMatch: string | undefined, etag: string) {
  if (ifMatch === undefined || tagsIn(ifMatch).some((tag) => tag === '*' || tag === etag)) return
  throw new AppError('stale', 'stale', 'The contact has changed since you read it.')
}

function tagsIn(header: string): string[] {
  return header.split(',').map((tag) => tag.trim())
}
