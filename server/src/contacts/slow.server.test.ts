import assert from 'node:assert/strict'
import { after, describe, it } from 'node:test'
import { expectStatus, signUp } from '../../test/people.ts'
import { expectProblem } from '../../test/problems.ts'
import { startServer } from '../../test/server.ts'

const server = await startServer()
after(() => server[Symbol.asyncDispose]())
const { pool } = server.services.database

describe('a statement that takes too long', () => {
  it('is stopped by PostgreSQL after a time that every connection sets', async () => {
    const { rows } = await pool.query('show statement_timeout')
    assert.deepEqual(rows, [{ statement_timeout: '15s' }])
  })

  it('is answered 503, with when to come again, and leaves nothing behind', async () => {
    const ada = await signUp(server)
    const { headers } = await ada.post('/api/contacts', { first_name: 'Grace' })
    const url = String(headers.location)
    const blocker = await pool.connect()
    try {
      await blocker.query('begin')
      await blocker.query('select from contacts for update')
      const answer = await ada.patch(url, { first_name: 'Ada' })
      expectProblem(answer, 503, 'too_slow')
      assert.match(String(answer.headers['retry-after']), /^[1-9]\d*$/)
      expectStatus(await ada.get(url), 200)
    } finally {
      await blocker.query('rollback')
      blocker.release()
    }
    const answer = await ada.patch(url, { first_name: 'Ada' })
    expectStatus(answer, 200)
    assert.equal(answer.headers['etag'], '"m2"')
  })
})
