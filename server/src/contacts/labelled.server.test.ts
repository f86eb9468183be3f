import assert from 'node:assert/strict'
import { after, describe, it } from 'node:test'
import { addCard, cardOf, changedLines, phoneCard } from '../../test/cards.ts'
import { createContact, historyOf } from '../../test/contacts.ts'
import { addLabel } from '../../test/labels.ts'
import { expectStatus, signUp, type Person } from '../../test/people.ts'
import { expectRefused } from '../../test/problems.ts'
import { startServer } from '../../test/server.ts'
import type { ContactAnswer } from './schema.ts'

const server = await startServer()
after(() => server[Symbol.asyncDispose]())

async function namesIn(person: Person, query: string): Promise<string[]> {
  const answer = await person.get(`/api/contacts?${query}`)
  expectStatus(answer, 200)
  const found = answer.json<ContactAnswer[]>()
  assert.equal(answer.headers['x-total-count'], String(found.length))
  return found.map((one) => one.first_name ?? '')
}

describe('labels on contacts', () => {
  it('are set, replaced and taken away by their ids', async () => {
    const ada = await signUp(server)
    const [friends, work] = [await addLabel(ada, 'Friends'), await addLabel(ada, 'Work')]
    const { id, label_ids } = await createContact(ada, {
      first_name: 'Grace',
      label_ids: [work, friends.toUpperCase(), work],
    })
    assert.deepEqual(label_ids, [work, friends])
    for (const ids of [[friends], [friends, work], []]) {
      const answer = await ada.patch(`/api/contacts/${id}`, { label_ids: ids })
      expectStatus(answer, 200)
      assert.deepEqual(answer.json().label_ids, ids)
    }
    await ada.patch(`/api/contacts/${id}`, { label_ids: [work] })
    assert.deepEqual((await ada.put(`/api/contacts/${id}`, { phone: '1' })).json().label_ids, [
      work,
    ])
    assert.deepEqual(
      (await ada.patch(`/api/contacts/${id}`, { label_ids: null })).json().label_ids,
      [],
    )
  })

  it('are the owner’s own', async () => {
    const [ada, eve] = [await signUp(server), await signUp(server)]
    const [friends, foreign] = [await addLabel(ada, 'Friends'), await addLabel(eve, 'Friends')]
    const label_ids = [friends, foreign]
    expectRefused(await ada.post('/api/contacts', { phone: '1', label_ids }), '/label_ids/1')
    const { id } = await createContact(ada, { phone: '1' })
    expectRefused(await ada.patch(`/api/contacts/${id}`, { label_ids }), '/label_ids/1')
  })

  it('filter lists and are found by words', async () => {
    const ada = await signUp(server)
    const [friends, empty] = [await addLabel(ada, 'Schöne Freunde'), await addLabel(ada, 'Empty')]
    await createContact(ada, { first_name: 'Grace', label_ids: [friends] })
    await createContact(ada, { first_name: 'Jean', label_ids: [friends] })
    await createContact(ada, { first_name: 'Betty' })
    assert.deepEqual(await namesIn(ada, `label=${friends}`), ['Grace', 'Jean'])
    assert.deepEqual(await namesIn(ada, `label=${friends}&q=jea`), ['Jean'])
    assert.deepEqual(await namesIn(ada, `label=${friends}&view=full&first_name=g`), ['Grace'])
    assert.deepEqual(await namesIn(ada, 'q=schone+freunde'), ['Grace', 'Jean'])
    assert.deepEqual(await namesIn(ada, `label=${empty}`), [])
    const page = await ada.get(`/api/contacts?label=${friends}&limit=1`)
    assert.equal(page.headers['x-total-count'], '2')
    assert.match(String(page.headers.link), new RegExp(`label=${friends}`))
    expectRefused(await ada.get('/api/contacts?label=x'), '/label')
    const eve = await signUp(server)
    assert.deepEqual(await namesIn(eve, `label=${friends}`), [])
  })

  it('are categories of the card, and change no other line of it', async () => {
    const ada = await signUp(server)
    const [friends, work] = [await addLabel(ada, 'Friends'), await addLabel(ada, 'Work, mostly')]
    const id = await addCard(server, ada, phoneCard)
    await ada.patch(`/api/contacts/${id}`, { label_ids: [friends, work] })
    const labelled = (await cardOf(server, id)) ?? ''
    assert.deepEqual(changedLines(phoneCard, labelled), {
      gone: [],
      come: ['CATEGORIES:Friends,Work\\, mostly'],
    })
    await ada.patch(`/api/contacts/${id}`, { nickname: 'Amazing' })
    assert.match((await cardOf(server, id)) ?? '', /\r\nCATEGORIES:Friends,Work\\, mostly\r\n/)
  })

  it('come back with a revision, as far as there still are such labels', async () => {
    const ada = await signUp(server)
    const [friends, work] = [await addLabel(ada, 'Friends'), await addLabel(ada, 'Work')]
    const id = await addCard(server, ada, phoneCard)
    await ada.patch(`/api/contacts/${id}`, { label_ids: [friends, work] })
    const labelled = (await cardOf(server, id)) ?? ''
    const [last] = await historyOf(ada, id)
    await ada.patch(`/api/contacts/${id}`, { label_ids: [], company: 'DEC' })

    const path = `/api/contacts/${id}/history/${last?.revision}/restore`
    const answer = await ada.post(path)
    assert.deepEqual(answer.json().label_ids, [friends, work])
    assert.equal(await cardOf(server, id), labelled)

    await ada.patch(`/api/contacts/${id}`, { label_ids: [], company: 'DEC' })
    expectStatus(await ada.delete(`/api/labels/${friends}`), 204)
    const later = await ada.post(path)
    assert.deepEqual(later.json().label_ids, [work])
    assert.match((await cardOf(server, id)) ?? '', /\r\nCATEGORIES:Work\r\n/)
  })
})
