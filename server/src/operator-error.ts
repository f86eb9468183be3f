import { isDatabaseAway, isPermissionDenied, reasonOf } from './db/errors.ts'

/** What whoever runs Kith can mend: it is said to them in a sentence, without a stack. */
export class OperatorError extends Error {
  override name = 'OperatorError'
}

/** What to print when the program has to give up: a sentence, or an unforeseen error whole. */
export function explain(error: unknown): unknown {
  if (error instanceof OperatorError) return error.message
  if (isPermissionDenied(error)) return `The database refuses (DATABASE_URL): ${error.message}.`
  if (isDatabaseAway(error)) return `The database is away: ${reasonOf(error)}. Try again.`
  return error
}
