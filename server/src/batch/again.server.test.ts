import assert from 'node:assert/strict'
import { randomUUIDv7 } from 'node:crypto'
import { after, describe, it } from 'node:test'
import { create, outcomesOf, patch, remove, restore, sendBatch, sendOne } from '../../test/batch.ts'
import { addCard, cardWith } from '../../test/cards.ts'
import {
  addContact,
  contactsOf,
  createContact,
  historyOf,
  readContact,
} from '../../test/contacts.ts'
import { expectStatus, signUp } from '../../test/people.ts'
import { startServer } from '../../test/server.ts'
import { removeExpired } from '../cleanup.ts'

const server = await startServer()
after(() => server[Symbol.asyncDispose]())
const { pool } = server.services.database

describe('operations that are sent again', () => {
  it('get the same results, whatever has become of the contacts, and do nothing', async () => {
    const ada = await signUp(server)
    const { id, revision } = await createContact(ada)
    const going = await addContact(ada)
    const operations = [
      create({ first_name: 'Grace' }),
      patch(id, { nickname: 'Countess' }),
      patch(id, { nickname: 'Late' }, { if_revision: revision }),
      patch(randomUUIDv7(), { nickname: 'X' }),
      create({ email: 'none' }),
      remove(going),
      restore(going),
    ]
    const first = await sendBatch(ada, ...operations)
    assert.deepEqual(outcomesOf(first.results), [
      201,
      200,
      'stale',
      'not_found',
      'validation_failed',
      204,
      200,
    ])
    assert.deepEqual(await sendBatch(ada, ...operations), first)

    const created = first.results[0]?.contact?.id ?? ''
    expectStatus(await ada.patch(`/api/contacts/${id}`, { nickname: 'Other' }), 200)
    expectStatus(await ada.delete(`/api/contacts/${created}`), 204)
    const history = await historyOf(ada, id)
    const again = await sendBatch(ada, ...operations.toReversed())
    assert.deepEqual(again.results, first.results.toReversed())
    assert.deepEqual(await historyOf(ada, id), history)
    assert.equal((await contactsOf(ada)).length, 2)
  })

  it('get the whole contacts again, however large these are', async () => {
    const ada = await signUp(server)
    const note = (at: number) => `${at} ${'\u{1f600}'.repeat(9_990)}`
    const creations = Array.from({ length: 60 }, (_, at) =>
      create({ first_name: 'A', additional_data: note(at) }),
    )
    const created = await sendBatch(ada, ...creations)
    assert.deepEqual(await sendBatch(ada, ...creations), created)

    const id = created.results[0]?.contact?.id ?? ''
    const patches = Array.from({ length: 200 }, (_, at) => patch(id, { nickname: `N${at}` }))
    const patched = await sendBatch(ada, ...patches)
    expectStatus(await ada.delete(`/api/contacts/${id}`), 204)
    const again = await sendBatch(ada, ...patches)
    assert.deepEqual(again.results, patched.results)
    assert.equal(again.results.at(-1)?.contact?.nickname, 'N199')
  })

  it('get them also where the answer had no room for more', async () => {
    const ada = await signUp(server)
    const card = cardWith('3.0', 'FN:Large', `NOTE:${'y'.repeat(900_000)}`)
    const large = await addCard(server, ada, card)
    const patches = Array.from({ length: 60 }, (_, at) => patch(large, { nickname: `N${at}` }))
    const first = await sendBatch(ada, ...patches)
    const count = first.results.filter(({ status }) => status === 200).length
    assert.ok(count > 30 && count < 60, `${count} were carried out`)
    assert.equal(first.results[count]?.error?.code, 'too_large')
    const { results } = await sendBatch(ada, ...patches)
    assert.deepEqual(results.slice(0, count), first.results.slice(0, count))
    assert.equal((await readContact(ada, large)).nickname, `N${count - 1}`)
    const { results: rest } = await sendBatch(ada, ...patches.slice(count))
    assert.deepEqual(new Set(outcomesOf(rest)), new Set([200]))
  })

  it('are done once, though they come several times at once, or twice in one batch', async () => {
    const ada = await signUp(server)
    const operations = Array.from({ length: 120 }, (_, at) => create({ first_name: `Bob ${at}` }))
    const answers = await Promise.all(
      Array.from({ length: 5 }, (_, at) =>
        sendBatch(ada, ...(at % 2 ? operations : operations.toReversed())),
      ),
    )
    const [one, other] = answers.map(({ results }) => results)
    assert.deepEqual(one, other?.toReversed())
    assert.equal((await ada.get('/api/contacts?limit=1')).headers['x-total-count'], '120')

    const twice = create({ first_name: 'Once' })
    const { results } = await sendBatch(ada, twice, { ...twice, op_id: twice.op_id.toUpperCase() })
    assert.deepEqual(results[1], { ...results[0], op_id: twice.op_id.toUpperCase() })
    const renamed = { ...twice, op_id: twice.op_id.toUpperCase(), contact: {} }
    assert.equal((await sendOne(ada, renamed)).op_id, renamed.op_id)
    assert.equal((await ada.get('/api/contacts?q=once')).headers['x-total-count'], '1')
  })

  it('are refused if they are others, but not in another order of members', async () => {
    const ada = await signUp(server)
    const operation = create({ first_name: 'Grace', last_name: 'Hopper' })
    const first = await sendOne(ada, operation)
    const { contact, ...rest } = operation
    const same = { contact: { last_name: 'Hopper', first_name: 'Grace' }, ...rest }
    assert.deepEqual(await sendOne(ada, same), first)
    const others = [
      { ...operation, contact: { ...contact, last_name: 'Kelly' } },
      { operation: 'delete', op_id: operation.op_id, id: first.contact?.id },
    ]
    for (const other of others) {
      const { status, error } = await sendOne(ada, other)
      assert.deepEqual([status, error?.code], [422, 'op_id_reused'])
      assert.equal(error?.errors?.[0]?.pointer, '/op_id')
    }
    const { results } = await sendBatch(ada, create({ first_name: 'A' }), ...others)
    assert.deepEqual(outcomesOf(results), [201, 'op_id_reused', 'op_id_reused'])
    assert.deepEqual(await sendOne(ada, operation), first)
    assert.equal((await contactsOf(ada)).length, 2)
  })

  it('are every user’s own', async () => {
    const [ada, eve] = [await signUp(server), await signUp(server)]
    const operation = create({ first_name: 'Grace' })
    const mine = await sendOne(ada, operation)
    const hers = await sendOne(eve, { ...operation, contact: { first_name: 'Eve' } })
    assert.equal(hers.status, 201)
    assert.notEqual(hers.contact?.id, mine.contact?.id)
  })

  it('are remembered for seven days', async () => {
    const ada = await signUp(server)
    const operation = create({ first_name: 'Grace' })
    const first = await sendOne(ada, operation)
    const age = async (days: number) => {
      await pool.query(
        'update idempotency_keys set created_at = created_at - make_interval(days => $1)',
        [days],
      )
      await removeExpired(server.services.database)
    }
    await age(6)
    assert.deepEqual(await sendOne(ada, operation), first)
    await age(2)
    assert.notEqual((await sendOne(ada, operation)).contact?.id, first.contact?.id)
  })
})

describe('a result', () => {
  it('is kept in the transaction of its operation, or the operation is not done', async () => {
    const ada = await signUp(server)
    const operations = [create({ first_name: 'Grace' })]
    await pool.query(`alter table idempotency_keys add constraint away check (false) not valid`)
    try {
      const { results } = await sendBatch(ada, ...operations)
      assert.deepEqual(outcomesOf(results), ['internal_error'])
      assert.equal((await contactsOf(ada)).length, 0)
    } finally {
      await pool.query('alter table idempotency_keys drop constraint away')
    }
    assert.equal((await sendBatch(ada, ...operations)).results[0]?.status, 201)
  })

  it('that the database refuses is the fault of that operation alone', async () => {
    const ada = await signUp(server)
    const id = await addContact(ada)
    await pool.query(
      `alter table contacts add constraint away check (first_name <> 'Refused') not valid`,
    )
    try {
      const { results } = await sendBatch(
        ada,
        create({ first_name: 'A' }),
        create({ first_name: 'Refused' }),
        patch(id, { nickname: 'N' }),
        create({ first_name: 'B' }),
      )
      assert.deepEqual(outcomesOf(results), [201, 'internal_error', 200, 201])
    } finally {
      await pool.query('alter table contacts drop constraint away')
    }
    assert.equal((await readContact(ada, id)).nickname, 'N')
    assert.equal((await contactsOf(ada)).length, 3)
  })
})
