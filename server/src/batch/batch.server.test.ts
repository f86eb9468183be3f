import assert from 'node:assert/strict'
import { randomUUID, randomUUIDv7 } from 'node:crypto'
import { after, describe, it } from 'node:test'
import {
  create,
  outcomesOf,
  patch,
  remove,
  restore,
  sendBatch,
  sendOne,
  type BatchResult,
} from '../../test/batch.ts'
import { addCard, phoneCard } from '../../test/cards.ts'
import { changesOf, emptyCopy, expectComplete, idsOf, update } from '../../test/changes.ts'
import {
  addContact,
  contactsOf,
  createContact,
  historyOf,
  readContact,
  trashOf,
} from '../../test/contacts.ts'
import { addLabel, labelNamesOf } from '../../test/labels.ts'
import { merge, undo } from '../../test/merges.ts'
import { expectStatus, signUp, type Person } from '../../test/people.ts'
import { expectProblem, expectRefused } from '../../test/problems.ts'
import { startServer } from '../../test/server.ts'

const server = await startServer()
after(() => server[Symbol.asyncDispose]())

async function countContacts(owner: Person): Promise<number> {
  return (await contactsOf(owner)).length
}

describe('a batch', () => {
  it('creates, changes, deletes and restores, and answers in the same order', async () => {
    const ada = await signUp(server)
    const [changing, going, gone] = [
      await addContact(ada),
      await addContact(ada),
      await addContact(ada),
    ]
    expectStatus(await ada.delete(`/api/contacts/${gone}`), 204)
    const operations = [
      remove(going),
      restore(gone),
      create({ first_name: 'Grace', birthday: '--12-09' }),
      patch(changing, { nickname: 'Countess' }),
    ]
    const opIds = operations.map(({ op_id }) => op_id)
    const { results } = await sendBatch(ada, ...operations)
    assert.deepEqual(outcomesOf(results), [204, 200, 201, 200])
    assert.deepEqual(
      results.map(({ op_id }) => op_id),
      opIds,
    )
    const [deletion, ...others] = results
    assert.deepEqual(deletion, { op_id: opIds[0], status: 204 })
    for (const { contact } of others) {
      assert.ok(contact)
      assert.deepEqual(contact, await readContact(ada, contact.id))
    }
    assert.equal(others[2]?.contact?.nickname, 'Countess')
    assert.deepEqual(
      (await trashOf(ada)).map(({ id }) => id),
      [going],
    )
    const [revision] = await historyOf(ada, changing)
    assert.deepEqual([revision?.operation, revision?.via], ['changed', 'api'])
  })

  it('lets one that fails stop no other', async () => {
    const ada = await signUp(server)
    const id = await addContact(ada)
    const { results } = await sendBatch(
      ada,
      create({ email: 'none' }),
      create({ additional_data: 'nobody' }),
      create({ first_name: 'A', label_ids: [randomUUID()] }),
      create({ first_name: 'B', nobody: 1 }),
      create({ first_name: 'nul\0' }),
      create({ first_name: 'C' }),
      patch(id, { phones: [{ value: '' }] }),
      patch(id, { first_name: null }),
      patch(randomUUIDv7(), { nickname: 'X' }),
      patch('x', { nickname: 'X' }),
      remove(randomUUIDv7()),
      restore(id),
      { operation: 'explode' },
      {},
      patch(id, { nickname: 'Countess' }),
    )
    assert.deepEqual(outcomesOf(results), [
      ...Array.from({ length: 5 }, () => 'validation_failed'),
      201,
      ...Array.from({ length: 2 }, () => 'validation_failed'),
      'not_found',
      'validation_failed',
      'not_found',
      'not_found',
      ...Array.from({ length: 2 }, () => 'validation_failed'),
      200,
    ])
    assert.deepEqual(
      results.flatMap(({ error }) => error?.errors?.map(({ pointer }) => pointer) ?? []),
      [
        '/contact/email',
        '/contact/first_name',
        '/contact/label_ids/0',
        '/contact/nobody',
        '/contact/first_name',
        '/patch/phones/0/value',
        '/patch/first_name',
        '/id',
        '/operation',
        '/operation',
      ],
    )
    for (const { status, error } of results) assert.equal(error?.status ?? status, status)
    assert.equal(await countContacts(ada), 2)
  })

  it('does several operations on one contact in their order', async () => {
    const ada = await signUp(server)
    const id = randomUUIDv7()
    const { results } = await sendBatch(
      ada,
      create({ first_name: 'Ada' }, { id }),
      patch(id, { nickname: 'One' }),
      patch(id, { nickname: 'Two', company: 'Engines' }),
      remove(id),
      patch(id, { nickname: 'Three' }),
      restore(id),
      patch(id, { nickname: 'Four' }),
    )
    assert.deepEqual(outcomesOf(results), [201, 200, 200, 204, 'not_found', 200, 200])
    const contact = await readContact(ada, id)
    assert.deepEqual([contact.nickname, contact.company], ['Four', 'Engines'])
    assert.deepEqual(
      (await historyOf(ada, id)).map(({ operation }) => operation),
      ['changed', 'restored', 'deleted', 'changed', 'changed', 'created'],
    )
    assert.deepEqual(
      results.map((result) => result.contact?.nickname),
      [null, 'One', 'Two', undefined, undefined, 'Two', 'Four'],
    )
  })

  it('changes only what still has the revision that was read', async () => {
    const ada = await signUp(server)
    const { id, revision } = await createContact(ada)
    const { results } = await sendBatch(
      ada,
      patch(id, { nickname: 'One' }, { if_revision: revision }),
      patch(id, { nickname: 'Two' }, { if_revision: revision }),
      remove(id, { if_revision: revision }),
    )
    assert.deepEqual(outcomesOf(results), [200, 'stale', 'stale'])
    assert.deepEqual(results[1]?.contact, await readContact(ada, id))
    assert.equal(results[1]?.status, 412)
    const now = results[0]?.contact?.revision
    assert.equal((await sendOne(ada, remove(id, { if_revision: now }))).status, 204)
  })

  it('keeps the card of a contact, and patches only its changed lines', async () => {
    const ada = await signUp(server)
    const id = await addCard(server, ada, phoneCard)
    const cardOf = async () => (await ada.get('/api/export.vcf')).body
    await sendBatch(ada, patch(id, { nickname: 'Moth' }))
    assert.match(await cardOf(), /NICKNAME:Moth\r\n[^]*X-UNHEARD-OF;x-level=9:keep me\\, please/)
    await sendBatch(ada, remove(id), restore(id))
    assert.match(await cardOf(), /NICKNAME:Moth\r\n[^]*X-UNHEARD-OF;x-level=9:keep me\\, please/)
  })

  it('writes nothing for a patch of nothing', async () => {
    const ada = await signUp(server)
    const contact = await createContact(ada, { first_name: 'Ada' })
    const { contact: same } = await sendOne(ada, patch(contact.id, { first_name: 'Ada' }))
    assert.deepEqual(same, contact)
  })

  it('gives labels, and brings back those that went with a contact', async () => {
    const ada = await signUp(server)
    const [kept, gone] = [await addLabel(ada, 'Kept'), await addLabel(ada, 'Gone')]
    const { results } = await sendBatch(
      ada,
      create({ first_name: 'Ada', label_ids: [kept] }),
      create({ first_name: 'Bob', label_ids: [kept, gone, kept.toUpperCase()] }),
    )
    assert.deepEqual(
      results.map(({ contact }) => contact?.label_ids),
      [[kept], [kept, gone]],
    )
    expectStatus(await ada.delete(`/api/labels/${gone}?contacts=trash`), 204)
    assert.deepEqual(await labelNamesOf(ada), ['Kept'])
    const id = results[1]?.contact?.id ?? ''
    const { results: again } = await sendBatch(ada, restore(id), patch(id, { label_ids: [kept] }))
    assert.deepEqual(await labelNamesOf(ada), ['Gone', 'Kept'])
    assert.deepEqual(
      again.map(({ contact }) => contact?.label_ids.length),
      [2, 1],
    )
  })

  it('gives a restored card another UID where it is taken', async () => {
    const ada = await signUp(server)
    const first = await addCard(server, ada, phoneCard)
    await sendBatch(ada, remove(first))
    const other = await addCard(server, ada, phoneCard)
    // Taken, then free, then taken by the one that has just come back.
    const { results } = await sendBatch(ada, remove(other), restore(first), restore(other))
    assert.deepEqual(outcomesOf(results), [204, 200, 200])
    const uids = (await ada.get('/api/export.vcf')).body.match(/^UID:.*$/gm) ?? []
    assert.equal(new Set(uids).size, 2)
  })

  it('brings back what was merged into another contact, and out of that merge', async () => {
    const ada = await signUp(server)
    const ids = [await addContact(ada), await addContact(ada, { first_name: 'Bob' })]
    const { merge_id } = await merge(ada, ids)
    const [into = '', merged = ''] = ids
    const { results } = await sendBatch(ada, restore(merged), patch(merged, { nickname: 'Robert' }))
    assert.deepEqual(outcomesOf(results), [200, 200])
    const undone = await undo(ada, merge_id)
    assert.deepEqual(
      undone.map(({ id }) => id),
      [into],
    )
    assert.equal((await readContact(ada, merged)).nickname, 'Robert')
  })

  it('has results for operations without a name at their places', async () => {
    const ada = await signUp(server)
    const one = create({ first_name: 'A' })
    const nameless = { operation: 'create', contact: {} }
    const operations = [{ ...one, op_id: 'mine' }, 7, one, nameless, null, { op_id: 5 }, [one]]
    const post = () => ada.post('/api/contacts/batch', { operations })
    const answer = await post()
    expectStatus(answer, 200)
    const results: BatchResult[] = answer.json().results
    assert.deepEqual(
      results.map(({ op_id, status, error }) => [op_id, status, error?.errors?.[0]?.pointer]),
      [
        ['mine', 422, '/op_id'],
        [null, 422, ''],
        [one.op_id, 201, undefined],
        [null, 422, '/op_id'],
        [null, 422, ''],
        [null, 422, '/op_id'],
        [null, 422, ''],
      ],
    )
    assert.deepEqual((await post()).json().results[2], results[2])
    assert.equal(await countContacts(ada), 1)
  })

  it('takes no parameters', async () => {
    const ada = await signUp(server)
    const operations = [create({ first_name: 'A' })]
    expectRefused(await ada.post('/api/contacts/batch?foo=1', { operations }), '/foo')
    assert.equal(await countContacts(ada), 0)
  })

  it('is for 1 to 500 operations, and nothing else', async () => {
    const ada = await signUp(server)
    const post = (body: unknown) => ada.post('/api/contacts/batch', body as object)
    const one = create({ first_name: 'A' })
    expectRefused(await post({ operations: [] }), '/operations')
    expectRefused(await post({}), '/operations')
    expectRefused(await post({ operations: [one], more: 1 }), '/more')
    expectRefused(await post({ operations: one }), '/operations')
    expectRefused(await post([one]), '')
    expectRefused(await post({ operations: Array.from({ length: 501 }, () => one) }), '/operations')
    assert.equal(await countContacts(ada), 0)
    const operations = Array.from({ length: 500 }, (_, at) =>
      create({ first_name: `Person ${at}` }),
    )
    const { results } = await sendBatch(ada, ...operations)
    assert.deepEqual(new Set(outcomesOf(results)), new Set([201]))
    const listed = await ada.get('/api/contacts?sort=created_at&limit=100')
    assert.deepEqual(
      listed.json().map(({ first_name }: { first_name: string }) => first_name),
      Array.from({ length: 100 }, (_, at) => `Person ${at}`),
    )
  })

  it('may have 8 MiB', async () => {
    const ada = await signUp(server)
    const note = 'x'.repeat(10_000)
    const body = (octets: number) => {
      const operation = create({ first_name: 'A', additional_data: note })
      const text = JSON.stringify({ operations: [operation] })
      return text + ' '.repeat(octets - text.length)
    }
    const headers = { 'content-type': 'application/json' }
    const post = (octets: number) => ada.post('/api/contacts/batch', body(octets), headers)
    expectStatus(await post(8 * 1024 * 1024), 200)
    expectProblem(await post(8 * 1024 * 1024 + 1), 413, 'too_large')
  })

  it('leads to where the changes are read on', async () => {
    const ada = await signUp(server)
    const copy = emptyCopy()
    await update(copy, ada)
    const { results, next } = await sendBatch(
      ada,
      create({ first_name: 'A' }),
      create({ first_name: 'B' }),
    )
    assert.equal(next, (await changesOf(ada)).next)
    assert.deepEqual(idsOf(await changesOf(ada, copy.token)).length, 2)
    assert.deepEqual(idsOf(await changesOf(ada, next)), [])
    const ids = results.map(({ contact }) => contact?.id ?? '')
    await update(copy, ada, 1)
    await sendBatch(ada, ...ids.map((id) => remove(id)), ...ids.map(restore), remove(ids[0] ?? ''))
    await update(copy, ada, 1)
    await expectComplete(copy, ada)
  })
})

describe('an id that the client made', () => {
  it('is the contact’s, in lower case, and of version 7', async () => {
    const ada = await signUp(server)
    const id = randomUUIDv7()
    const result = await sendOne(ada, create({ first_name: 'Ada' }, { id: id.toUpperCase() }))
    assert.equal(result.contact?.id, id)
    for (const wrong of [randomUUID(), 'x', '00000000-0000-7000-0000-000000000000']) {
      const { status, error } = await sendOne(ada, create({ first_name: 'A' }, { id: wrong }))
      assert.deepEqual([status, error?.errors?.[0]?.pointer], [422, '/id'])
    }
  })

  it('is taken by a contact of one’s own, also in the trash or gone for good', async () => {
    const ada = await signUp(server)
    const id = randomUUIDv7()
    const again = async () => sendOne(ada, create({ first_name: 'Other' }, { id }))
    const { results } = await sendBatch(
      ada,
      create({ first_name: 'Ada' }, { id }),
      create({ first_name: 'Bob' }, { id }),
    )
    assert.deepEqual(outcomesOf(results), [201, 'id_taken'])
    assert.equal((await again()).status, 409)
    await sendBatch(ada, remove(id))
    assert.equal((await again()).error?.code, 'id_taken')
    expectStatus(await ada.delete(`/api/trash/${id}`), 204)
    assert.equal((await again()).error?.code, 'id_taken')
    assert.equal(await countContacts(ada), 0)
  })

  it('tells nothing of others’ contacts', async () => {
    const [ada, eve] = [await signUp(server), await signUp(server)]
    const { id } = await createContact(ada, { first_name: 'Ada' })
    const { results } = await sendBatch(
      eve,
      patch(id, { nickname: 'Mine' }),
      remove(id),
      restore(id),
      create({ first_name: 'Eve' }, { id }),
      patch(id, { nickname: 'Mine' }),
    )
    assert.deepEqual(outcomesOf(results), ['not_found', 'not_found', 'not_found', 201, 200])
    const [hers, mine] = [await readContact(ada, id), await readContact(eve, id)]
    assert.deepEqual([hers.first_name, hers.nickname], ['Ada', null])
    assert.deepEqual([mine.first_name, mine.nickname], ['Eve', 'Mine'])
  })
})

describe('the limits of batches', () => {
  it('count calls, and those that create also as creating', async () => {
    await using limited = await startServer({
      RATE_LIMITS: 'on',
      RATE_LIMIT_CONTACTS_BATCH: '4/1h',
      RATE_LIMIT_CONTACTS_CREATE: '2/1h',
    })
    const ada = await signUp(limited)
    const id = await addContact(ada)
    await sendBatch(ada, create({ first_name: 'A' }), create({ first_name: 'B' }))
    expectProblem(await ada.post('/api/contacts', { first_name: 'C' }), 429, 'rate_limited')
    const send = (...operations: object[]) => ada.post('/api/contacts/batch', { operations })
    const named = create({ first_name: 'D' })
    expectProblem(await send(named), 429, 'rate_limited')
    await sendBatch(ada, patch(id, { nickname: 'N' }))
    await sendBatch(ada, patch(id, { nickname: 'M' }))
    const change = patch(id, {})
    expectProblem(await send(change), 429, 'rate_limited')
    assert.equal(await countContacts(ada), 3)
  })
})
