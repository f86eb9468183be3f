import assert from 'node:assert/strict'
import { expectStatus, type Answer } from './people.ts'

/** Asserts that an answer is a problem document (RFC 9457), of this status and code. */
export function expectProblem(answer: Answer, status: number, code: string, detail?: string): void {
  expectStatus(answer, status)
  assert.match(String(answer.headers['content-type']), /^application\/problem\+json/)
  assert.equal(answer.headers['cache-control'], 'no-store')
  const problem = answer.json()
  assert.equal(problem.status, status)
  assert.equal(problem.code, code)
  assert.equal(problem.type, 'about:blank')
  assert.match(problem.instance, /^[\w-]{20}$/)
  if (detail !== undefined) assert.equal(problem.detail, detail)
  if (status === 401) assert.match(String(answer.headers['www-authenticate']), /^Bearer/)
  if (status === 429) assert.match(String(answer.headers['retry-after']), /^[1-9]\d*$/)
}

/** Asserts that exactly these fields were refused, by their pointers. */
export function expectRefused(answer: Answer, ...pointers: string[]): void {
  expectProblem(answer, 422, 'validation_failed')
  const refused = answer.json().errors.map((error: { pointer: string }) => error.pointer)
  assert.deepEqual(refused.sort(), pointers.sort())
}
