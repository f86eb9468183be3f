import assert from 'node:assert/strict'
import { after, describe, it } from 'node:test'
import fc from 'fast-check'
import { addCard, authorOf, cardOf, cardWith, idOf, phoneCard } from '../../test/cards.ts'
import {
  addContact,
  contactsOf,
  createContact,
  historyOf,
  readContact,
  trashOf,
} from '../../test/contacts.ts'
import { imported } from '../../test/imports.ts'
import { createLabel, labelsOf } from '../../test/labels.ts'
import { anyStored } from '../../test/mergeable.ts'
import { merge, mergesOf, storedBook, undo } from '../../test/merges.ts'
import { expectStatus, signUp, type Person } from '../../test/people.ts'
import { expectProblem } from '../../test/problems.ts'
import { startServer } from '../../test/server.ts'
import { removeExpired } from '../cleanup.ts'
import type { ContactAnswer } from '../contacts/schema.ts'
import { inBook } from '../contacts/store/locked-book.ts'
import type { StoredContact } from '../contacts/store/stored-contact.ts'
import { insertContacts } from '../contacts/store/write-many.ts'

const server = await startServer()
after(() => server[Symbol.asyncDispose]())
const { pool } = server.services.database

const ada = { first_name: 'Ada', last_name: 'Lovelace', email: 'ada@example.org' }

/** Three contacts that are one: one of the API, one of a phone, and one with labels and a photo. */
async function threeOf(owner: Person): Promise<[string, string, string]> {
  const label = await createLabel(owner, 'Navy', '#000080')
  const photo = 'PHOTO;ENCODING=b;TYPE=PNG:iVBORw0KGgoAAAA='
  const third = await addCard(server, owner, cardWith('4.0', 'FN:Amazing', photo, 'UID:three'))
  expectStatus(await owner.patch(`/api/contacts/${third}`, { label_ids: [label.id] }), 200)
  return [await addContact(owner, ada), await addCard(server, owner, phoneCard), third]
}

/** Somebody who has merged three contacts into the first of them, and their book before that. */
async function mergedBook() {
  const owner = await signUp(server)
  const ids = await threeOf(owner)
  const before = await storedBook(server, owner)
  const { merge_id: mergeId } = await merge(owner, ids)
  return { owner, ids, before, mergeId }
}

describe('undoing a merge', () => {
  it('brings all contacts back to what they were, to the octet and the microsecond', async () => {
    const owner = await signUp(server)
    const ids = await threeOf(owner)
    const before = await storedBook(server, owner)
    const shown = await Promise.all(ids.map((id) => readContact(owner, id)))
    const exported = (await owner.get('/api/export')).body
    const { merge_id } = await merge(owner, ids)
    const restored = await undo(owner, merge_id)
    assert.deepEqual(await storedBook(server, owner), before)
    assert.equal((await owner.get('/api/export')).body, exported)
    const withoutRevision = (contact: ContactAnswer) => ({ ...contact, revision: null })
    assert.deepEqual(restored.map(withoutRevision), shown.map(withoutRevision))
    assert.deepEqual(await trashOf(owner), [])
    expectStatus(await owner.get(`/api/contacts/${ids[2]}/photo?size=original`), 200)
    const [entry] = await mergesOf(owner)
    assert.equal(entry?.can_undo, false)
  })

  it('does so for any contacts, whatever their cards say', async () => {
    const owner = await signUp(server)
    const author = await authorOf(owner)
    let number = 0
    const add = async (stored: StoredContact) => {
      const id = `01a20497-405b-7167-a9e2-${String(++number).padStart(12, '0')}`
      const contact = { ...stored, uid: `u${number}` }
      await inBook(server.services.database, author, (book) =>
        insertContacts(book, [{ id, contact }]),
      )
      return id
    }
    await fc.assert(
      fc.asyncProperty(anyStored, anyStored, anyStored, async (...all) => {
        const ids = []
        for (const stored of all) ids.push(await add(stored))
        const before = await storedBook(server, owner)
        const { merge_id } = await merge(owner, ids)
        await undo(owner, merge_id)
        assert.deepEqual(await storedBook(server, owner), before)
        await pool.query('delete from contacts where owner_id = $1', [author.ownerId])
        await pool.query('delete from tombstones where owner_id = $1', [author.ownerId])
      }),
      { numRuns: 40 },
    )
  })

  it('does so once, and only for whom it belongs to', async () => {
    const [{ owner, mergeId }, other] = [await mergedBook(), await signUp(server)]
    const path = `/api/merges/${mergeId}/undo`
    expectProblem(await other.post(path), 404, 'not_found')
    const answers = await Promise.all([1, 2, 3].map(() => owner.post(path)))
    assert.deepEqual(
      answers.map(({ statusCode }) => `${statusCode}`).toSorted((a, b) => (a < b ? -1 : 1)),
      ['200', '409', '409'],
    )
    expectProblem(await owner.post(path), 409, 'already_undone')
    expectProblem(await owner.post(`${path}?force=true`), 409, 'already_undone')
  })

  it('is refused where the merged contact was changed, unless that is wanted', async () => {
    const { owner, ids, before, mergeId } = await mergedBook()
    await owner.patch(`/api/contacts/${ids[0]}`, { nickname: 'Countess', phones: [] })
    const edited = await storedBook(server, owner)
    expectProblem(await owner.post(`/api/merges/${mergeId}/undo`), 409, 'changed_since')
    assert.deepEqual(await storedBook(server, owner), edited)
    await undo(owner, mergeId, '?force=true')
    assert.deepEqual(await storedBook(server, owner), before)
    const [, last] = await historyOf(owner, ids[0])
    assert.equal(last?.contact.nickname, 'Countess')
  })

  it('works after the trash was emptied, and after the merged contact went there too', async () => {
    const { owner, ids, before, mergeId } = await mergedBook()
    expectStatus(await owner.delete('/api/trash'), 204)
    await undo(owner, mergeId)
    assert.deepEqual(await storedBook(server, owner), before)

    const again = await merge(owner, ids)
    expectStatus(await owner.delete(`/api/contacts/${ids[0]}`), 204)
    expectProblem(await owner.post(`/api/merges/${again.merge_id}/undo`), 409, 'changed_since')
    await undo(owner, again.merge_id, '?force=true')
    assert.deepEqual(await storedBook(server, owner), before)

    const third = await merge(owner, ids)
    expectStatus(await owner.delete(`/api/contacts/${ids[0]}`), 204)
    expectStatus(await owner.delete('/api/trash'), 204)
    await undo(owner, third.merge_id, '?force=true')
    assert.deepEqual(await storedBook(server, owner), before)
  })

  it('works for 30 days, which is as long as the trash keeps contacts', async () => {
    const { owner, before, mergeId } = await mergedBook()
    const values = [await idOf(owner)]
    await pool.query(
      `update contacts set deleted_at = now() - interval '30 days 1 second'
      where owner_id = $1 and deleted_at is not null`,
      values,
    )
    await pool.query(
      `update merges set created_at = now() - interval '29 days 23 hours' where owner_id = $1`,
      values,
    )
    await removeExpired(server.services.database)
    assert.deepEqual(await trashOf(owner), [])
    await undo(owner, mergeId)
    assert.deepEqual(await storedBook(server, owner), before)
  })

  it('leaves alone what was restored from the trash by itself and is in use', async () => {
    const owner = await signUp(server)
    const [into, one] = await threeOf(owner)
    const { merge_id } = await merge(owner, [into, one])
    expectStatus(await owner.post(`/api/trash/${one}/restore`), 200)
    assert.equal(await cardOf(server, one), phoneCard)
    expectStatus(await owner.patch(`/api/contacts/${one}`, { nickname: 'Edited' }), 200)
    const restored = await undo(owner, merge_id)
    assert.deepEqual(
      restored.map(({ id }) => id),
      [into],
    )
    assert.equal((await readContact(owner, one)).nickname, 'Edited')
  })

  it('brings back what was restored by itself and then deleted, from the trash or for good', async () => {
    const owner = await signUp(server)
    const [into, one, other] = await threeOf(owner)
    const before = await storedBook(server, owner)
    const { merge_id } = await merge(owner, [into, one, other])
    for (const id of [one, other]) {
      expectStatus(await owner.post(`/api/trash/${id}/restore`), 200)
      expectStatus(await owner.patch(`/api/contacts/${id}`, { nickname: 'Edited' }), 200)
      expectStatus(await owner.delete(`/api/contacts/${id}`), 204)
    }
    const trashed = (await trashOf(owner)).map((entry) => entry.merged_into)
    assert.deepEqual(trashed, [null, null])
    expectStatus(await owner.delete(`/api/trash/${other}`), 204)
    await undo(owner, merge_id)
    assert.deepEqual(await storedBook(server, owner), before)
    const [, last] = await historyOf(owner, one)
    assert.equal(last?.contact.nickname, 'Edited')
  })

  it('leaves what was restored by itself in the contact that it was merged into then', async () => {
    const owner = await signUp(server)
    const [into, one, other] = await threeOf(owner)
    const first = await merge(owner, [into, one])
    expectStatus(await owner.post(`/api/trash/${one}/restore`), 200)
    const second = await merge(owner, [other, one])
    const restored = await undo(owner, first.merge_id)
    assert.deepEqual(
      restored.map(({ id }) => id),
      [into],
    )
    await undo(owner, second.merge_id)
    assert.equal(await cardOf(server, one), phoneCard)
  })

  it('brings back what was restored by itself if nothing in use says it any more', async () => {
    const owner = await signUp(server)
    const [into, one, other] = await threeOf(owner)
    const { merge_id } = await merge(owner, [into, one])
    expectStatus(await owner.post(`/api/trash/${one}/restore`), 200)
    await merge(owner, [other, one])
    expectStatus(await owner.delete(`/api/contacts/${other}`), 204)
    expectStatus(await owner.delete(`/api/trash/${other}`), 204)
    await undo(owner, merge_id)
    assert.equal(await cardOf(server, one), phoneCard)
  })

  it('gives contacts the labels that they had, under the names that these have now', async () => {
    const owner = await signUp(server)
    const card = (uid: string, label: string) =>
      cardWith('3.0', `UID:${uid}`, `FN:Ada ${uid}`, `CATEGORIES:${label},Both`)
    await imported(owner, card('one', 'Kept') + card('two', 'Lost'))
    const ids = (await contactsOf(owner)).map(({ id }) => id)
    const { merge_id } = await merge(owner, ids)
    const labels = new Map((await labelsOf(owner)).map(({ name, id }) => [name, id]))
    expectStatus(await owner.patch(`/api/labels/${labels.get('Kept')}`, { name: 'Renamed' }), 200)
    expectStatus(await owner.delete(`/api/labels/${labels.get('Lost')}`), 204)
    await server.jobsDone()
    await undo(owner, merge_id, '?force=true')
    const cards = await Promise.all(ids.map((id) => cardOf(server, id)))
    assert.match(cards[0] ?? '', /CATEGORIES:Renamed,Both\r\n/)
    assert.equal(cards[1], card('two', 'Lost'))
    assert.deepEqual(
      (await labelsOf(owner)).map(({ name, contacts }) => [name, contacts]),
      [
        ['Both', 2],
        ['Lost', 1],
        ['Renamed', 1],
      ],
    )
    const search = await owner.get('/api/contacts/search?q=renamed')
    assert.equal(search.json()[0].id, ids[0])
  })

  it('gives a contact another UID where its own is taken', async () => {
    const owner = await signUp(server)
    const one = await addCard(server, owner, phoneCard)
    const { merge_id } = await merge(owner, [await addContact(owner, ada), one])
    await addCard(server, owner, phoneCard)
    await undo(owner, merge_id)
    const card = (await cardOf(server, one)) ?? ''
    const uid = /^UID:(.*)\r$/m
    assert.match(card, /^UID:[\da-f-]{36}\r$/m)
    assert.equal(card.replace(uid, ''), phoneCard.replace(uid, ''))
  })

  it('is told to those who follow changes', async () => {
    const { owner, ids, mergeId } = await mergedBook()
    expectStatus(await owner.delete('/api/trash'), 204)
    const { next } = (await owner.get('/api/changes')).json()
    await undo(owner, mergeId)
    const { contacts, removed } = (await owner.get(`/api/changes?since=${next}`)).json()
    assert.deepEqual(
      contacts.map(({ id }: { id: string }) => id),
      ids,
    )
    assert.deepEqual(removed, [])
  })
})

describe('merges of merges', () => {
  /** Merges b into a, and then, as it is said, with a third contact. */
  async function chain(owner: Person, second: (a: string, c: string) => [string, string]) {
    const [a, b, c] = await threeOf(owner)
    const before = await storedBook(server, owner)
    const first = await merge(owner, [a, b])
    const between = await storedBook(server, owner)
    const later = await merge(owner, second(a, c))
    return { before, between, first: first.merge_id, later: later.merge_id }
  }

  for (const [what, second] of [
    ['into the same contact', (a: string, c: string): [string, string] => [a, c]],
    ['into another one', (a: string, c: string): [string, string] => [c, a]],
  ] as const) {
    it(`${what} are undone one after the other, the latest first`, async () => {
      const owner = await signUp(server)
      const { before, between, first, later } = await chain(owner, second)
      expectProblem(await owner.post(`/api/merges/${first}/undo`), 409, 'changed_since')
      await undo(owner, later)
      assert.deepEqual(await storedBook(server, owner), between)
      await undo(owner, first)
      assert.deepEqual(await storedBook(server, owner), before)
    })

    it(`${what} are undone the first first, if that is wanted`, async () => {
      const owner = await signUp(server)
      const { before, first, later } = await chain(owner, second)
      await undo(owner, first, '?force=true')
      const answer = await owner.post(`/api/merges/${later}/undo`)
      assert.ok([200, 409].includes(answer.statusCode), answer.body)
      assert.deepEqual(await storedBook(server, owner), before)
    })
  }

  it('are none to a contact that was restored and merged once more', async () => {
    const owner = await signUp(server)
    const [a, b] = [await addContact(owner, ada), await addContact(owner, { nickname: 'Countess' })]
    const first = await merge(owner, [a, b])
    expectStatus(await owner.post(`/api/trash/${b}/restore`), 200)
    const between = await storedBook(server, owner)
    const second = await merge(owner, [a, b])
    await undo(owner, second.merge_id)
    assert.deepEqual(await storedBook(server, owner), between)
    await undo(owner, first.merge_id)
    const names = new Set((await contactsOf(owner)).map((one) => one.nickname ?? one.first_name))
    assert.deepEqual(names, new Set(['Ada', 'Countess']))
  })

  it('leave alone what is edited between them', async () => {
    const owner = await signUp(server)
    const [a, b, c] = await threeOf(owner)
    const first = await merge(owner, [a, b])
    await owner.patch(`/api/contacts/${a}`, { nickname: 'Edited' })
    const second = await merge(owner, [a, c])
    const [contact] = await undo(owner, second.merge_id)
    assert.equal(contact?.nickname, 'Edited')
    expectProblem(await owner.post(`/api/merges/${first.merge_id}/undo`), 409, 'changed_since')
  })
})

it('a contact of many is as it was, whoever was merged with whom', async () => {
  const owner = await signUp(server)
  const letters = ['a', 'b', 'c', 'd', 'e']
  const ids = await Promise.all(
    letters.map(async (name) => (await createContact(owner, { first_name: name })).id),
  )
  const before = await storedBook(server, owner)
  const pair = fc.tuple(fc.nat(4), fc.nat(4)).filter(([one, other]) => one !== other)
  await fc.assert(
    fc.asyncProperty(fc.array(pair, { maxLength: 6 }), async (pairs) => {
      const merges: string[] = []
      for (const [one, other] of pairs) {
        const body = { into: ids[one], ids: [ids[other]] }
        const answer = await owner.post('/api/contacts/merge', body)
        if (answer.statusCode === 200) merges.push(answer.json().merge_id)
      }
      for (const id of merges.toReversed()) await undo(owner, id)
      assert.deepEqual(await storedBook(server, owner), before)
    }),
    { numRuns: 25 },
  )
})
