import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { after, describe, it } from 'node:test'
import { addCard, cardOf, idOf, phoneCard } from '../../test/cards.ts'
import { createContact, firstContactOf, historyOf, readContact } from '../../test/contacts.ts'
import { whole } from '../../test/grace.ts'
import { imported } from '../../test/imports.ts'
import { createLabel, labelsOf } from '../../test/labels.ts'
import { expectStatus, signUp } from '../../test/people.ts'
import { expectProblem, expectRefused } from '../../test/problems.ts'
import { startServer } from '../../test/server.ts'
import type { ContactAnswer } from '../contacts/schema.ts'
import type { Revision } from './schema.ts'

const server = await startServer()
after(() => server[Symbol.asyncDispose]())
const ada = await signUp(server)

function revert(id: string, revision: number | undefined) {
  return ada.post(`/api/contacts/${id}/history/${revision}/restore`)
}

/** The part of a contact that a revision holds. */
function stateIn(contact: ContactAnswer) {
  const {
    id: _id,
    revision: _revision,
    created_at: _made,
    updated_at: _changed,
    photo: _photo,
    ...state
  } = contact
  return state
}

describe('the history of a contact', () => {
  it('holds its state after every change, by whom, and by which way in', async () => {
    const created = await createContact(ada, whole)
    const { id } = created
    const patched = (await ada.patch(`/api/contacts/${id}`, { nickname: 'Amazing' })).json()
    await ada.delete(`/api/contacts/${id}`)
    await ada.post(`/api/trash/${id}/restore`)
    const last = await ada.put(`/api/contacts/${id}`, { first_name: 'Grace', emails: [] })

    const history = await historyOf(ada, id)
    const by = await idOf(ada)
    assert.deepEqual(
      history.map(({ operation, contact }) => [operation, contact]),
      [
        ['changed', stateIn(last.json())],
        ['restored', stateIn(patched)],
        ['deleted', stateIn(patched)],
        ['changed', stateIn(patched)],
        ['created', stateIn(created)],
      ],
    )
    for (const one of history) assert.deepEqual([one.by, one.via], [by, 'api'])
    assert.equal(`"m${history[0]?.revision}"`, last.headers['etag'])
    assert.equal(history.at(-1)?.at, created.created_at)
    const numbers = history.map(({ revision }) => revision)
    assert.deepEqual(
      numbers,
      numbers.toSorted((a, b) => b - a),
    )
  })

  it('has no entry for a write that changed nothing', async () => {
    const { id } = await createContact(ada, whole)
    await ada.put(`/api/contacts/${id}`, whole)
    assert.equal((await historyOf(ada, id)).length, 1)
  })

  it('comes page by page', async () => {
    const { id } = await createContact(ada, whole)
    for (let number = 0; number < 4; number++) {
      await ada.patch(`/api/contacts/${id}`, { nickname: `Number ${number}` })
    }
    const all = await historyOf(ada, id)
    assert.equal(all.length, 5)
    for (const limit of [1, 2, 4, 5]) {
      const seen: Revision[] = []
      let pages = 0
      for (let url: string | undefined = `/api/contacts/${id}/history?limit=${limit}`; url;) {
        const page = await ada.get(url)
        expectStatus(page, 200)
        seen.push(...page.json<Revision[]>())
        pages++
        const { link } = page.headers
        url = link === undefined ? undefined : /<([^>]+)>/.exec(String(link))?.[1]
      }
      assert.deepEqual(seen, all)
      assert.equal(pages, Math.ceil(5 / limit))
    }
    expectRefused(await ada.get(`/api/contacts/${id}/history?after=x`), '/after')
  })

  it('is nobody else’s', async () => {
    const eve = await signUp(server)
    const { id } = await createContact(ada, whole)
    const [{ revision } = { revision: 0 }] = await historyOf(ada, id)
    expectProblem(await eve.get(`/api/contacts/${id}/history`), 404, 'not_found')
    const url = `/api/contacts/${id}/history/${revision}/restore`
    expectProblem(await eve.post(url), 404, 'not_found')
  })
})

describe('the way back to a revision', () => {
  it('brings back the contact as it was, as a new revision', async () => {
    const fields = {
      ...whole,
      nickname: 'Amazing',
      phones: [{ label: 'mobile', value: whole.phone }],
      custom_fields: [{ label: 'Rank', value: 'O-7' }],
      birthday: '--02-29',
    }
    const before = await createContact(ada, fields)
    const { id } = before
    await ada.put(`/api/contacts/${id}`, {
      last_name: 'Murray',
      phones: [],
      custom_fields: null,
      nickname: null,
    })
    const [, creation] = await historyOf(ada, id)
    const answer = await revert(id, creation?.revision)
    expectStatus(answer, 200)
    assert.deepEqual(stateIn(answer.json()), stateIn(before))
    const [last] = await historyOf(ada, id)
    assert.equal(last?.operation, 'reverted')
    assert.equal(`"m${last?.revision}"`, answer.headers['etag'])
    assert.equal((await ada.get('/api/contacts?q=murray')).json().length, 0)
  })

  it('brings back a card to the octet, and takes it away again', async () => {
    const id = await addCard(server, ada, phoneCard)
    const first = await readContact(ada, id)
    await ada.patch(`/api/contacts/${id}`, { company: 'DEC', phone: '1', nickname: null })
    const patched = await cardOf(server, id)
    assert.notEqual(patched, phoneCard)
    const [change, creation] = await historyOf(ada, id)

    const back = await revert(id, creation?.revision)
    assert.deepEqual(stateIn(back.json()), stateIn(first))
    assert.equal(await cardOf(server, id), phoneCard)
    expectStatus(await revert(id, change?.revision), 200)
    assert.equal(await cardOf(server, id), patched)
  })

  it('brings back deleted labels by the names in the card; renamed ones keep their new name', async () => {
    const card = phoneCard.replace('NOTE:', 'CATEGORIES:Alpha, Beta\r\nNOTE:')
    const bob = await signUp(server)
    await imported(bob, card)
    const { id, label_ids } = await firstContactOf(bob)
    const toCreation = async () => {
      const url = `/api/contacts/${id}/history`
      const creation = (await historyOf(bob, id)).at(-1)
      const answer = await bob.post(`${url}/${creation?.revision}/restore`)
      expectStatus(answer, 200)
      return answer.json()
    }
    await bob.delete(`/api/labels/${label_ids[1]}`)
    assert.match((await cardOf(server, id)) ?? '', /\r\nCATEGORIES:Alpha\r\n/)
    const back = await toCreation()
    assert.equal(await cardOf(server, id), card)
    assert.equal(back.label_ids.length, 2)
    assert.equal(back.label_ids[0], label_ids[0])

    await bob.patch(`/api/labels/${label_ids[0]}`, { name: 'Gamma' })
    await bob.delete(`/api/labels/${back.label_ids[1]}`)
    assert.equal((await toCreation()).label_ids[0], label_ids[0])
    const lines = (await cardOf(server, id))?.split('\r\n')
    assert.ok(lines?.includes('CATEGORIES:Beta,Gamma'))
    const labels = await labelsOf(bob)
    assert.deepEqual(
      labels.map(({ name }) => name),
      ['Beta', 'Gamma'],
    )
  })

  it('brings back deleted labels also of contacts without a card, in their colour', async () => {
    const bob = await signUp(server)
    const label = await createLabel(bob, 'Navy', '#000080')
    const { id } = await createContact(bob, { ...whole, label_ids: [label.id] })
    const [creation] = await historyOf(bob, id)
    expectStatus(await bob.delete(`/api/labels/${label.id}`), 204)
    const back = await bob.post(`/api/contacts/${id}/history/${creation?.revision}/restore`)
    expectStatus(back, 200)
    const [again, ...others] = await labelsOf(bob)
    assert.deepEqual(others, [])
    assert.deepEqual([again?.name, again?.colour, again?.contacts], ['Navy', '#000080', 1])
    assert.deepEqual(back.json().label_ids, [again?.id])
    assert.equal(await cardOf(server, id), undefined)
    const states = (await historyOf(bob, id)).map(({ contact }) => Object.keys(contact).sort())
    for (const keys of states) assert.deepEqual(keys, states[0])
  })

  it('is no change where the contact still is what it was', async () => {
    const { id } = await createContact(ada, whole)
    const before = await ada.get(`/api/contacts/${id}`)
    const [creation] = await historyOf(ada, id)
    const answer = await revert(id, creation?.revision)
    expectStatus(answer, 200)
    assert.equal(answer.headers['etag'], before.headers['etag'])
    assert.equal((await historyOf(ada, id)).length, 1)
  })

  it('leads only to revisions of this contact', async () => {
    const { id } = await createContact(ada, whole)
    const other = await createContact(ada, whole)
    const [{ revision } = { revision: 0 }] = await historyOf(ada, other.id)
    for (const number of [revision, 0, 10 ** 15]) {
      expectProblem(await revert(id, number), 404, 'not_found')
    }
    for (const number of ['x', '-1', '1.5']) {
      expectRefused(await ada.post(`/api/contacts/${id}/history/${number}/restore`), '/revision')
    }
    const url = `/api/contacts/${randomUUID()}/history/${revision}/restore`
    expectProblem(await ada.post(url), 404, 'not_found')
  })
})
