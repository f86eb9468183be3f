import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { newRequestId } from './request-id.ts'

describe('the id of a request', () => {
  it('is another one each time, and of the same form', () => {
    const ids = Array.from({ length: 1_000 }, newRequestId)
    assert.equal(new Set(ids).size, ids.length)
    for (const id of ids) assert.match(id, /^[\w-]{20}$/)
  })
})
