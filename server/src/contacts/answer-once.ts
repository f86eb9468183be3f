import { hash } from 'node:crypto'
import { AppError } from '../errors.ts'
import { findAnswer, keepAnswer } from './store/idempotency-keys.ts'
import type { LockedBook } from './store/locked-book.ts'

/** A request that its sender may repeat under the same key. */
export type Repeatable = {
  /** The operation that it is of: each has keys of its own. */
  operation: string
  key: string
  /** All that the answer depends on; JSON. */
  content: unknown
}

/**
 * Carries out a request, and keeps its answer in the same transaction; a repetition within seven days
 * only gets that answer. What fails keeps nothing, and may be tried again.
 * @throws AppError `invalid` where something else was asked under the key
 */
export async function answerOnce<Answer extends object>(
  book: LockedBook,
  { operation, key, content }: Repeatable,
  work: () => Promise<Answer>,
): Promise<Answer> {
  const request = { ownerId: book.ownerId, operation, key }
  const requestHash = hashOf(content)
  const kept = await findAnswer<Answer>(book.ask, request)
  if (kept && !kept.requestHash.equals(requestHash)) throw keyReused()
  if (kept) return kept.answer
  const answer = await work()
  await keepAnswer(book.ask, request, { requestHash, answer })
  return answer
}

/**
 * The same for the same JSON, in whatever order its members are. It is kept for seven days: of the same JSON,
 * every version has to make the same.
 */
export function hashOf(content: unknown): Buffer {
  return hash('sha256', JSON.stringify(withSortedMembers(content)), 'buffer')
}

/** A copy whose members are in the order of their names. */
function withSortedMembers(value: unknown): unknown {
  if (typeof value !== 'object' || value === null) return value
  if (Array.isArray(value)) return value.map(withSortedMembers)
  const members = value as Record<string, unknown>
  const sorted: Record<string, unknown> = {}
  for (const name of Object.keys(members).sort()) sorted[name] = withSortedMembers(members[name])
  return sorted
}

function keyReused(): AppError {
  const detail = 'was used for another request within the last 7 days.'
  const sentence = 'The Idempotency-Key was used for another request: take a new one.'
  return new AppError('invalid', 'idempotency_key_reused', sentence, {
    errors: [{ pointer: '/idempotency-key', detail }],
  })
}
