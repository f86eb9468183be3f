import { randomUUID } from 'node:crypto'
import type { ContactAnswer } from '../src/contacts/schema.ts'
import type { ProblemDocument } from '../src/http/problem.ts'
import { expectStatus, type Person } from './people.ts'

export type BatchResult = {
  op_id: string | null
  status: number
  contact?: ContactAnswer
  error?: ProblemDocument
}

/** Operations of a batch, each with an `op_id`, so that it can be sent again as it is. */
export function create(contact: object, more: object = {}) {
  return { operation: 'create', op_id: randomUUID(), contact, ...more }
}

export function patch(id: string, fields: object, more: object = {}) {
  return { operation: 'patch', op_id: randomUUID(), id, patch: fields, ...more }
}

export function remove(id: string, more: object = {}) {
  return { operation: 'delete', op_id: randomUUID(), id, ...more }
}

export function restore(id: string) {
  return { operation: 'restore', op_id: randomUUID(), id }
}

/** Sends operations as one batch; those without an `op_id` get one. */
export async function sendBatch(
  owner: Person,
  ...operations: object[]
): Promise<{ results: BatchResult[]; next: string }> {
  const answer = await owner.post('/api/contacts/batch', {
    operations: operations.map((operation) => ({ op_id: randomUUID(), ...operation })),
  })
  expectStatus(answer, 200)
  return answer.json()
}

/** The same of one operation. */
export async function sendOne(owner: Person, operation: object): Promise<BatchResult> {
  const { results } = await sendBatch(owner, operation)
  const [result] = results
  if (!result) throw new Error('the operation has no result')
  return result
}

/** The statuses of results, and the codes of those that failed. */
export function outcomesOf(results: readonly BatchResult[]): (number | string)[] {
  return results.map(({ status, error }) => error?.code ?? status)
}
