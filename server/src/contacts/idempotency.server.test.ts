import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { after, describe, it } from 'node:test'
import { contactsOf } from '../../test/contacts.ts'
import { expectStatus, signUp, type Person } from '../../test/people.ts'
import { expectRefused } from '../../test/problems.ts'
import { startServer } from '../../test/server.ts'
import { removeExpired } from '../cleanup.ts'

const server = await startServer()
after(() => server[Symbol.asyncDispose]())

function create(owner: Person, key: string, fields: object = { first_name: 'Grace' }) {
  return owner.post('/api/contacts', fields, { 'idempotency-key': key })
}

async function countContacts(owner: Person): Promise<number> {
  return (await contactsOf(owner)).length
}

async function ageKeys(days: number) {
  const { pool } = server.services.database
  await pool.query(
    'update idempotency_keys set created_at = created_at - make_interval(days => $1)',
    [days],
  )
}

describe('an Idempotency-Key', () => {
  it('gets the same answer again, also when the contact has changed or gone since', async () => {
    const ada = await signUp(server)
    const key = randomUUID()
    const first = await create(ada, key)
    expectStatus(first, 201)
    const url = String(first.headers.location)
    const repeat = async () => {
      const again = await create(ada, key)
      expectStatus(again, 201)
      assert.equal(again.body, first.body)
      for (const name of ['location', 'etag']) {
        assert.equal(again.headers[name], first.headers[name])
      }
    }

    await repeat()
    assert.equal(await countContacts(ada), 1)
    expectStatus(await ada.patch(url, { first_name: 'Ada' }), 200)
    await repeat()
    expectStatus(await ada.delete(url), 204)
    await repeat()
    assert.equal(await countContacts(ada), 0)
  })

  it('makes one contact of requests that come at once', async () => {
    const ada = await signUp(server)
    const { id: label } = (await ada.post('/api/labels', { name: 'Friends' })).json()
    const key = randomUUID()
    const fields = { first_name: 'Grace', label_ids: [label] }
    const answers = await Promise.all(Array.from({ length: 8 }, () => create(ada, key, fields)))
    for (const answer of answers) expectStatus(answer, 201)
    assert.equal(new Set(answers.map(({ body }) => body)).size, 1)
    assert.equal(await countContacts(ada), 1)
  })

  it('makes no contact without its answer being kept', async () => {
    const ada = await signUp(server)
    const key = randomUUID()
    const { pool } = server.services.database
    await pool.query(
      `alter table idempotency_keys add constraint away check (operation = '') not valid`,
    )
    try {
      assert.equal((await create(ada, key)).statusCode, 500)
      assert.equal(await countContacts(ada), 0)
    } finally {
      await pool.query('alter table idempotency_keys drop constraint away')
    }
    expectStatus(await create(ada, key), 201)
    assert.equal(await countContacts(ada), 1)
  })

  it('is refused for another request, but not for the same in another order', async () => {
    const ada = await signUp(server)
    const key = randomUUID()
    const first = await create(ada, key, { first_name: 'Grace', last_name: 'Hopper' })
    const same = await create(ada, key, { last_name: 'Hopper', first_name: 'Grace' })
    assert.equal(same.body, first.body)

    const other = await create(ada, key, { first_name: 'Grace', last_name: 'Kelly' })
    expectStatus(other, 422)
    const { code, errors } = other.json()
    assert.equal(code, 'idempotency_key_reused')
    assert.deepEqual(
      errors.map(({ pointer }: { pointer: string }) => pointer),
      ['/idempotency-key'],
    )
    assert.equal(await countContacts(ada), 1)
  })

  it('is every user’s own', async () => {
    const [ada, eve] = [await signUp(server), await signUp(server)]
    const key = randomUUID()
    const mine = (await create(ada, key)).json()
    const hers = (await create(eve, key, { first_name: 'Eve' })).json()
    assert.notEqual(hers.id, mine.id)
    assert.equal(hers.first_name, 'Eve')
  })

  it('can be used again for what was refused', async () => {
    const ada = await signUp(server)
    const key = randomUUID()
    expectRefused(await create(ada, key, { email: 'none' }), '/email')
    const unknown = { first_name: 'A', label_ids: [randomUUID()] }
    expectRefused(await create(ada, key, unknown), '/label_ids/0')
    expectStatus(await create(ada, key), 201)
    assert.equal(await countContacts(ada), 1)
  })

  it('has 1 to 64 characters', async () => {
    const ada = await signUp(server)
    expectStatus(await create(ada, 'x'.repeat(64)), 201)
    expectRefused(await create(ada, 'x'.repeat(65)), '/idempotency-key')
    expectRefused(await create(ada, ''), '/idempotency-key')
  })

  it('is forgotten after seven days, and not before', async () => {
    const ada = await signUp(server)
    const key = randomUUID()
    const first = (await create(ada, key)).json()
    await ageKeys(6)
    await removeExpired(server.services.database)
    assert.equal((await create(ada, key)).json().id, first.id)
    await ageKeys(2)
    await removeExpired(server.services.database)
    assert.notEqual((await create(ada, key)).json().id, first.id)
    assert.equal(await countContacts(ada), 2)
  })
})
