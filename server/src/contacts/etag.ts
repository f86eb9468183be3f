import { AppError } from '../errors.ts'
import { isMatch } from '../http/etag.ts'

/** Names a state of a contact: it changes with every write, and only then. */
export function revisionOf(row: { modseq: number }): string {
  return `m${row.modseq}`
}

/** The strong entity tag of a contact: its revision in quotes. */
export function etagOf(row: { modseq: number }): string {
  return `"${revisionOf(row)}"`
}

/**
 * Refuses a write whose `If-Match` header names another state of the contact.
 * @throws AppError `stale`
 */
export function requireMatch(ifMatch: string | undefined, row: { modseq: number }) {
  if (isMatch(ifMatch, etagOf(row))) return
  throw stale()
}

export function stale(): AppError {
  return new AppError('stale', 'stale', 'The contact has changed since you read it.')
}
