import { presentContact } from '../contacts/present.ts'
import type { ContactAnswer } from '../contacts/schema.ts'
import type { WholeRow } from '../contacts/store/rows.ts'
import type { AppError } from '../errors.ts'
import { problemDocument, type ProblemDocument } from '../http/problem.ts'

/** What became of an operation; its name comes with the answer. */
export type Result = { status: number; contact?: ContactAnswer; error?: ProblemDocument }

export function success(status: 200 | 201, row: WholeRow): Result {
  return { status, contact: presentContact(row) }
}

export const deleted: Result = { status: 204 }

/**
 * @param error undefined is one that nobody foresaw
 * @param instance the id of the request
 * @param row the contact as it is, where the client needs that to go on
 */
export function failure(error: AppError | undefined, instance: string, row?: WholeRow): Result {
  const problem = problemDocument(error, instance)
  return { status: problem.status, error: problem, ...(row && { contact: presentContact(row) }) }
}
