import Type from 'typebox'
import { contactFormats } from '../book/formats.ts'
import { invalidInput } from '../errors.ts'
import { checkerOf } from '../http/validation.ts'
import { maxOperations } from './schema.ts'

/** What has to be right of a batch as a whole: the rest is the result of one operation. */
const Envelope = Type.Object(
  { operations: Type.Array(Type.Unknown(), { minItems: 1 }) },
  { additionalProperties: false },
)
const check = checkerOf(Envelope, contactFormats)

/** The validator of a batch as Fastify wants it: each operation is judged by itself, later. */
export function checkEnvelope(body: unknown) {
  const errors = countOperations(body) > maxOperations ? tooMany : check(body, () => false)
  return errors.length > 0 ? { error: invalidInput(errors) } : { value: body }
}

const tooMany = [{ pointer: '/operations', detail: `must be at most ${maxOperations}.` }]

function countOperations(body: unknown): number {
  const isBatch = typeof body === 'object' && body !== null && 'operations' in body
  return isBatch && Array.isArray(body.operations) ? body.operations.length : 0
}
