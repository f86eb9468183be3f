import assert from 'node:assert/strict'
import { after, describe, it } from 'node:test'
import { addCard, authorOf, cardOf, changedLines, idOf, phoneCard } from '../../test/cards.ts'
import {
  contactsOf,
  createContact,
  firstContactOf,
  historyOf,
  trashOf,
} from '../../test/contacts.ts'
import { whole } from '../../test/grace.ts'
import { imported } from '../../test/imports.ts'
import { addLabel, createLabel, labelsOf } from '../../test/labels.ts'
import { expectStatus, readJson, signUp, type Person } from '../../test/people.ts'
import { expectProblem, expectRefused } from '../../test/problems.ts'
import { startServer } from '../../test/server.ts'
import { expectTimeSince } from '../../test/times.ts'
import { until } from '../../test/until.ts'
import { removeExpired } from '../cleanup.ts'
import type { ContactAnswer } from '../contacts/schema.ts'
import { inBook } from '../contacts/store/locked-book.ts'
import type { Ask } from '../db/ask.ts'
import type { TrashedContact } from './schema.ts'
import { restoreContactIn } from './trash.ts'

const server = await startServer()
after(() => server[Symbol.asyncDispose]())
const { pool } = server.services.database

async function tombstonesOf(person: Person) {
  const { rows } = await pool.query(
    'select contact_id, modseq from tombstones where owner_id = $1',
    [await idOf(person)],
  )
  return rows
}

/** Waits until so many other transactions of the server wait for one. */
function waiting(ask: Ask, count: number): Promise<true> {
  return until(`${count} transactions to wait`, async () => {
    // Else the list would stay as a transaction first saw it.
    await ask('select pg_stat_clear_snapshot()', [])
    const rows = await ask(
      `select from pg_stat_activity
      where datname = current_database() and wait_event_type = 'Lock'`,
      [],
    )
    return rows.length >= count
  })
}

async function countOf(table: string, contactId: string): Promise<number> {
  const { rows } = await pool.query(
    `select count(*) as count from ${table} where contact_id = $1`,
    [contactId],
  )
  return rows[0].count
}

describe('a contact that is deleted', () => {
  it('is in the trash and in no list, search or calendar', async () => {
    const ada = await signUp(server)
    const created = await createContact(ada, whole)
    const { id, created_at, updated_at } = created
    const before = Date.now()
    expectStatus(await ada.delete(`/api/contacts/${id}`), 204)

    for (const path of [
      '/api/contacts',
      '/api/contacts?view=full',
      '/api/contacts?q=grace',
      '/api/contacts/search?q=hopper',
      '/api/contacts/birthdays?days=366',
    ]) {
      const answer = await ada.get(path)
      assert.deepEqual(answer.json(), [], path)
    }
    assert.equal((await ada.get('/api/contacts')).headers['x-total-count'], '0')
    for (const method of ['GET', 'PUT', 'PATCH', 'DELETE'] as const) {
      const payload = method.startsWith('P') ? { payload: whole } : {}
      const answer = await ada.inject({ method, url: `/api/contacts/${id}`, ...payload })
      expectProblem(answer, 404, 'not_found')
    }
    expectProblem(await ada.get(`/api/contacts/${id}/history`), 404, 'not_found')

    const [trashed, ...others] = await trashOf(ada)
    assert.deepEqual(others, [])
    const { deleted_at: deletedAt, revision, ...shown } = trashed ?? assert.fail('it is not there')
    assert.deepEqual(shown, { id, ...whole, created_at, updated_at, merged_into: null })
    assert.notEqual(revision, created.revision)
    expectTimeSince(before, deletedAt)
    assert.deepEqual(
      (await tombstonesOf(ada)).map((one) => one.contact_id),
      [id],
    )
  })

  it('comes back with its id and all that it had', async () => {
    const ada = await signUp(server)
    const fields = {
      ...whole,
      nickname: 'Amazing',
      phones: [{ value: whole.phone }, { value: '2' }],
    }
    const contact = await createContact(ada, fields)
    const before = await ada.get(`/api/contacts/${contact.id}`)
    await ada.delete(`/api/contacts/${contact.id}`)

    const answer = await ada.post(`/api/trash/${contact.id}/restore`)
    expectStatus(answer, 200)
    const restored = answer.json<ContactAnswer>()
    const { revision, updated_at } = contact
    assert.deepEqual({ ...restored, revision, updated_at }, contact)
    assert.notEqual(answer.headers['etag'], before.headers['etag'])
    const read = await ada.get(`/api/contacts/${contact.id}`)
    assert.equal(read.headers['etag'], answer.headers['etag'])
    assert.deepEqual(await trashOf(ada), [])
    assert.deepEqual(await tombstonesOf(ada), [])
    assert.equal((await ada.get('/api/contacts?q=amazing')).json().length, 1)
    expectProblem(await ada.post(`/api/trash/${contact.id}/restore`), 404, 'not_found')
  })

  it('comes back with its card to the octet', async () => {
    const ada = await signUp(server)
    const id = await addCard(server, ada, phoneCard)
    await ada.delete(`/api/contacts/${id}`)
    expectStatus(await ada.post(`/api/trash/${id}/restore`), 200)
    assert.equal(await cardOf(server, id), phoneCard)
  })

  it('comes back under another UID where another one has its own', async () => {
    const ada = await signUp(server)
    const id = await addCard(server, ada, phoneCard)
    await ada.delete(`/api/contacts/${id}`)
    await addCard(server, ada, phoneCard)
    expectStatus(await ada.post(`/api/trash/${id}/restore`), 200)
    const { gone, come } = changedLines(phoneCard, (await cardOf(server, id)) ?? '')
    assert.deepEqual(gone, ['UID:6F1C2D5E-0000-4000-8000-0123456789AB:ABPerson'])
    assert.match(come.join(), /^UID:[\da-f-]{36}$/)

    // What it was can be had back as well, and it keeps the UID that it has now.
    expectStatus(await ada.patch(`/api/contacts/${id}`, { nickname: 'Other' }), 200)
    const history = await historyOf(ada, id)
    const created = history.at(-1)?.revision
    expectStatus(await ada.post(`/api/contacts/${id}/history/${created}/restore`), 200)
    assert.deepEqual(changedLines(phoneCard, (await cardOf(server, id)) ?? ''), { gone, come })
  })

  it('comes back under another UID also where it has no card', async () => {
    const ada = await signUp(server)
    const row = 'First Name,Kith UID\r\nAda,one\r\n'
    await imported(ada, row)
    const { id } = await firstContactOf(ada)
    await ada.delete(`/api/contacts/${id}`)
    await imported(ada, row)
    expectStatus(await ada.post(`/api/trash/${id}/restore`), 200)
    const contacts = await readJson<{ uid: string }[]>(ada, '/api/export?format=json')
    assert.equal(new Set(contacts.map(({ uid }) => uid)).size, 2)
  })

  it('comes back under another UID where a card has its id as UID', async () => {
    const ada = await signUp(server)
    const { id } = await createContact(ada, whole)
    await ada.delete(`/api/contacts/${id}`)
    await addCard(server, ada, phoneCard.replace(/UID:.*/, `UID:${id.toUpperCase()}`))
    expectStatus(await ada.post(`/api/trash/${id}/restore`), 200)
    const contacts = await readJson<{ uid: string }[]>(ada, '/api/export?format=json')
    assert.equal(new Set(contacts.map(({ uid }) => uid.toLowerCase())).size, 2)
  })

  it('is deleted once, and restored once, by many at the same time', async () => {
    const ada = await signUp(server)
    const { id } = await createContact(ada, whole)
    const statuses = async (calls: Promise<{ statusCode: number }>[]) =>
      (await Promise.all(calls)).map(({ statusCode }) => statusCode).sort((a, b) => a - b)
    const times = Array.from({ length: 5 }, (_, at) => at)
    assert.deepEqual(
      await statuses(times.map(() => ada.delete(`/api/contacts/${id}`))),
      [204, 404, 404, 404, 404],
    )
    assert.deepEqual(
      await statuses(times.map(() => ada.post(`/api/trash/${id}/restore`))),
      [200, 404, 404, 404, 404],
    )
    const history = await historyOf(ada, id)
    assert.deepEqual(
      history.map(({ operation }) => operation),
      ['restored', 'deleted', 'created'],
    )
  })
})

describe('a contact that was deleted together with its label', () => {
  async function deleteLabel(person: Person, id: string, contacts: 'keep' | 'trash') {
    expectStatus(await person.delete(`/api/labels/${id}?contacts=${contacts}`), 204)
  }

  async function restore(person: Person, id: string): Promise<ContactAnswer> {
    const answer = await person.post(`/api/trash/${id}/restore`)
    expectStatus(answer, 200)
    return answer.json()
  }

  it('brings it back, one label for all that had it', async () => {
    const ada = await signUp(server)
    const label = await createLabel(ada, 'Navy', '#000080')
    const one = await createContact(ada, { ...whole, label_ids: [label.id] })
    const other = await createContact(ada, { first_name: 'Bob', label_ids: [label.id] })
    await deleteLabel(ada, label.id, 'trash')
    assert.deepEqual(await labelsOf(ada), [])

    const restored = await restore(ada, one.id)
    const [again, ...others] = await labelsOf(ada)
    assert.deepEqual(others, [])
    assert.deepEqual([again?.name, again?.colour, again?.contacts], ['Navy', '#000080', 1])
    const { revision, updated_at } = restored
    assert.deepEqual(restored, { ...one, label_ids: [again?.id], revision, updated_at })
    assert.equal((await ada.get('/api/contacts/search?q=navy')).json()[0].id, one.id)

    assert.deepEqual((await restore(ada, other.id)).label_ids, [again?.id])
    assert.deepEqual(await labelsOf(ada), [{ ...again, contacts: 2 }])
  })

  it('brings it back once when all are restored at the same time', async () => {
    const ada = await signUp(server)
    const label = await createLabel(ada, 'Navy')
    const fields = { first_name: 'Bob', label_ids: [label.id] }
    const contacts = [await createContact(ada, fields), await createContact(ada, fields)]
    await deleteLabel(ada, label.id, 'trash')
    const restored = await Promise.all(contacts.map(({ id }) => restore(ada, id)))
    const [again, ...others] = await labelsOf(ada)
    assert.deepEqual(others, [])
    for (const { label_ids: labelIds } of restored) assert.deepEqual(labelIds, [again?.id])
  })

  it('has its card to the octet', async () => {
    const ada = await signUp(server)
    const card = phoneCard.replace('NOTE:', 'CATEGORIES:navy\\, old,Friends\r\nNOTE:')
    await imported(ada, card)
    const { id, label_ids } = await firstContactOf(ada)
    await deleteLabel(ada, label_ids[0] ?? '', 'trash')
    assert.notEqual(await cardOf(server, id), card)
    const restored = await restore(ada, id)
    assert.equal(await cardOf(server, id), card)
    assert.equal(restored.label_ids.length, 2)
    assert.equal(restored.label_ids[1], label_ids[1])
  })

  it('gets a newer label of the same name', async () => {
    const ada = await signUp(server)
    const label = await createLabel(ada, 'Navy')
    const { id } = await createContact(ada, { first_name: 'Bob', label_ids: [label.id] })
    await deleteLabel(ada, label.id, 'trash')
    const again = await createLabel(ada, 'NAVY')
    assert.deepEqual((await restore(ada, id)).label_ids, [again.id])
    assert.deepEqual(await labelsOf(ada), [{ ...again, contacts: 1 }])
  })

  it('comes back with all such labels, however it came into the trash', async () => {
    const ada = await signUp(server)
    const label_ids = [
      await addLabel(ada, 'a'),
      await addLabel(ada, 'b'),
      await addLabel(ada, 'c'),
      await addLabel(ada, 'd'),
    ] as const
    const [first, kept, renamed, second] = label_ids
    const { id } = await createContact(ada, { first_name: 'Bob', label_ids })
    await ada.delete(`/api/contacts/${id}`)
    await deleteLabel(ada, first, 'trash')
    await deleteLabel(ada, kept, 'keep')
    expectStatus(await ada.patch(`/api/labels/${renamed}`, { name: 'see' }), 200)
    await deleteLabel(ada, second, 'trash')

    const restored = await restore(ada, id)
    const names = new Map((await labelsOf(ada)).map((label) => [label.id, label.name]))
    assert.deepEqual(
      restored.label_ids.map((labelId) => names.get(labelId)),
      ['a', 'see', 'd'],
    )

    // Labels lost before the contact was restored do not come back with it.
    await deleteLabel(ada, restored.label_ids[0] ?? '', 'keep')
    await ada.delete(`/api/contacts/${id}`)
    assert.deepEqual((await restore(ada, id)).label_ids, restored.label_ids.slice(1))
  })

  it('keeps the label also when two of its labels are deleted at the same time', async () => {
    const ada = await signUp(server)
    const labels = [await createLabel(ada, 'a'), await createLabel(ada, 'b')]
    const { id } = await createContact(ada, {
      first_name: 'Bob',
      label_ids: labels.map(({ id }) => id),
    })
    await Promise.all(labels.map((label) => deleteLabel(ada, label.id, 'trash')))
    await server.jobsDone()
    const restored = await restore(ada, id)
    const again = await labelsOf(ada)
    assert.deepEqual(
      again.map(({ name }) => name),
      ['a', 'b'],
    )
    assert.deepEqual(
      restored.label_ids,
      again.map((label) => label.id),
    )
  })

  it('keeps the label when it is restored before the deletion reached it', async () => {
    const ada = await signUp(server)
    const ownerId = await idOf(ada)
    const label = await createLabel(ada, 'Navy', '#000080')
    const { id } = await createContact(ada, { first_name: 'Bob', label_ids: [label.id] })
    await ada.delete(`/api/contacts/${id}`)
    // The state after a crash: the label is deleted, the job waits.
    await pool.query(
      `update labels set name_key = null, trashes_contacts = true, propagated_to = $3
      where owner_id = $1 and id = $2`,
      [ownerId, label.id, '00000000-0000-0000-0000-000000000000'],
    )
    const restored = await restore(ada, id)
    const job = { ...(await authorOf(ada)), labelId: label.id }
    await server.services.jobs.send(server.services.database.write, 'propagate-label', job)
    await server.jobsDone()
    const [again] = await labelsOf(ada)
    assert.deepEqual([again?.name, again?.colour, again?.contacts], ['Navy', '#000080', 1])
    assert.notEqual(again?.id, label.id)
    assert.deepEqual(restored.label_ids, [again?.id])
  })

  it('stays in the trash while there is no room for the label', async () => {
    const ada = await signUp(server)
    const label = await createLabel(ada, 'Navy')
    const { id } = await createContact(ada, { first_name: 'Bob', label_ids: [label.id] })
    await deleteLabel(ada, label.id, 'trash')
    await pool.query(
      `insert into labels (owner_id, id, name, name_key)
      select $1, gen_random_uuid(), 'l' || n, 'l' || n from generate_series(1, 500) n`,
      [await idOf(ada)],
    )
    expectProblem(await ada.post(`/api/trash/${id}/restore`), 409, 'too_many_labels')
    await deleteLabel(ada, (await labelsOf(ada))[0]?.id ?? '', 'keep')
    assert.equal((await restore(ada, id)).label_ids.length, 1)
  })
})

describe('the trash', () => {
  it('is listed from the last to the first, page by page', async () => {
    const ada = await signUp(server)
    const ids: string[] = []
    for (let number = 0; number < 5; number++) {
      const { id } = await createContact(ada, { first_name: `Number ${number}` })
      await ada.delete(`/api/contacts/${id}`)
      ids.unshift(id)
    }
    const seen: string[] = []
    for (let url: string | undefined = '/api/trash?limit=2'; url;) {
      const page = await ada.get(url)
      expectStatus(page, 200)
      assert.equal(page.headers['x-total-count'], '5')
      seen.push(...page.json<TrashedContact[]>().map(({ id }) => id))
      const { link } = page.headers
      url = link === undefined ? undefined : /<([^>]+)>/.exec(String(link))?.[1]
    }
    assert.deepEqual(seen, ids)
    expectRefused(await ada.get('/api/trash?after=x'), '/after')
    expectRefused(await ada.get('/api/trash?limit=101'), '/limit')
  })

  it('lets one go for good, with its card and history, but not its tombstone', async () => {
    const ada = await signUp(server)
    const id = await addCard(server, ada, phoneCard)
    expectProblem(await ada.delete(`/api/trash/${id}`), 404, 'not_found')
    await ada.delete(`/api/contacts/${id}`)
    const answer = await ada.delete(`/api/trash/${id}`)
    expectStatus(answer, 204)
    assert.equal(answer.body, '')
    expectProblem(await ada.delete(`/api/trash/${id}`), 404, 'not_found')
    expectProblem(await ada.post(`/api/trash/${id}/restore`), 404, 'not_found')
    assert.equal(await countOf('contact_cards', id), 0)
    assert.equal(await countOf('contact_revisions', id), 0)
    assert.equal(await countOf('tombstones', id), 1)
  })

  it('is emptied, and what is in use stays', async () => {
    const ada = await signUp(server)
    const kept = await createContact(ada, { first_name: 'Kept' })
    for (const first_name of ['A', 'B', 'C']) {
      const { id } = await createContact(ada, { first_name })
      await ada.delete(`/api/contacts/${id}`)
    }
    expectStatus(await ada.delete('/api/trash'), 204)
    assert.deepEqual(await trashOf(ada), [])
    assert.deepEqual((await ada.get('/api/contacts')).json()[0].id, kept.id)
    assert.equal((await tombstonesOf(ada)).length, 3)
    expectStatus(await ada.delete('/api/trash'), 204)
  })

  it('is another one for everybody', async () => {
    const [ada, eve] = [await signUp(server), await signUp(server)]
    const { id } = await createContact(ada, whole)
    await ada.delete(`/api/contacts/${id}`)
    assert.deepEqual(await trashOf(eve), [])
    expectStatus(await eve.delete('/api/trash'), 204)
    expectProblem(await eve.delete(`/api/trash/${id}`), 404, 'not_found')
    expectProblem(await eve.post(`/api/trash/${id}/restore`), 404, 'not_found')
    assert.equal((await trashOf(ada)).length, 1)
  })

  it('loses nothing while another call writes to the book', async () => {
    const ada = await signUp(server)
    const [first, second, third] = await Promise.all(
      ['A', 'B', 'C'].map(async (first_name) => {
        const { id } = await createContact(ada, { first_name })
        await ada.delete(`/api/contacts/${id}`)
        return id
      }),
    )
    assert.ok(first && second && third)
    await pool.query(`update contacts set deleted_at = now() - interval '30 days' where id = $1`, [
      third,
    ])
    const purges: Promise<unknown>[] = []
    await inBook(server.services.database, await authorOf(ada), async (book) => {
      purges.push(ada.delete('/api/trash').then((answer) => expectStatus(answer, 204)))
      purges.push(
        ada.delete(`/api/trash/${first}`).then((answer) => expectProblem(answer, 404, 'not_found')),
      )
      purges.push(removeExpired(server.services.database))
      await Promise.race([...purges, waiting(book.ask, purges.length)])
      await restoreContactIn(book, first)
      await restoreContactIn(book, third)
    })
    await Promise.all(purges)
    assert.deepEqual(await trashOf(ada), [])
    const left = (await contactsOf(ada)).map(({ id }) => id)
    assert.deepEqual(left.toSorted(), [first, third].toSorted())
  })

  it('forgets after 30 days, and not before', async () => {
    const ada = await signUp(server)
    const old = await addCard(server, ada, phoneCard)
    const young = await createContact(ada, whole)
    const kept = await createContact(ada, whole)
    for (const id of [old, young.id]) await ada.delete(`/api/contacts/${id}`)
    const age = (id: string, days: number) =>
      pool.query(
        `update contacts set deleted_at = deleted_at - make_interval(days => $2) where id = $1`,
        [id, days],
      )
    await age(old, 30)
    await age(young.id, 29)
    await removeExpired(server.services.database)
    assert.deepEqual(
      (await trashOf(ada)).map(({ id }) => id),
      [young.id],
    )
    expectStatus(await ada.get(`/api/contacts/${kept.id}`), 200)
    assert.equal(await countOf('tombstones', old), 1)
    assert.equal(await countOf('contact_cards', old), 0)
  })
})
