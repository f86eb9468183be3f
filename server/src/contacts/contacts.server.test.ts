import assert from 'node:assert/strict'
import { after, describe, it } from 'node:test'
import { createContact } from '../../test/contacts.ts'
import { fieldsOf, nothing, whole } from '../../test/grace.ts'
import { expectStatus, signUp } from '../../test/people.ts'
import { expectProblem, expectRefused } from '../../test/problems.ts'
import { startServer } from '../../test/server.ts'
import type { SimpleContact } from './schema.ts'

const server = await startServer()
after(() => server[Symbol.asyncDispose]())
const ada = await signUp(server)

const unknownId = '01a20497-405b-7167-a9e2-939dbd06ad08'

describe('GET /api/contacts/{id}', () => {
  it('answers the contact as it was created, with the same tag', async () => {
    const created = await ada.post('/api/contacts', whole)
    const answer = await ada.get(String(created.headers.location))

    expectStatus(answer, 200)
    assert.deepEqual(answer.json(), created.json())
    assert.equal(answer.headers['etag'], created.headers['etag'])
    assert.match(String(answer.headers['cache-control']), /\bprivate\b/)
  })

  it('finds it by its id in any case, with a slash at the end too', async () => {
    const { id } = await createContact(ada, whole)
    for (const path of [id.toUpperCase(), `${id}/`]) {
      expectStatus(await ada.get(`/api/contacts/${path}`), 200)
    }
  })

  it('answers 404 for an id that nobody has, and 422 for what is no id', async () => {
    expectProblem(await ada.get(`/api/contacts/${unknownId}`), 404, 'not_found')
    for (const id of ['1', 'null', `${unknownId}0`, "'%20or%201=1--", '%F0%9F%91%A9']) {
      expectRefused(await ada.get(`/api/contacts/${id}`), '/id')
    }
  })
})

describe('PUT /api/contacts/{id}', () => {
  it('replaces the whole contact: what is absent is cleared', async () => {
    const { id, created_at: createdAt } = await createContact(ada, whole)
    const answer = await ada.put(`/api/contacts/${id}`, { last_name: 'Murray' })

    expectStatus(answer, 200)
    const contact = answer.json<SimpleContact>()
    assert.deepEqual(fieldsOf(contact), { ...nothing, last_name: 'Murray' })
    assert.equal(contact.id, id)
    assert.equal(contact.created_at, createdAt)
    assert.ok(contact.updated_at > createdAt)
    assert.deepEqual((await ada.get(`/api/contacts/${id}`)).json(), contact)
  })

  it('refuses what POST refuses, and leaves the contact alone', async () => {
    const contact = await createContact(ada, whole)
    const path = `/api/contacts/${contact.id}`
    expectRefused(await ada.put(path, {}), '/first_name')
    expectRefused(await ada.put(path, { ...whole, owner_id: contact.id }), '/owner_id')
    expectRefused(await ada.put(path, { ...whole, email: 'x' }), '/email')
    assert.deepEqual((await ada.get(path)).json(), contact)
  })

  it('creates nothing', async () => {
    expectProblem(await ada.put(`/api/contacts/${unknownId}`, whole), 404, 'not_found')
    expectProblem(await ada.get(`/api/contacts/${unknownId}`), 404, 'not_found')
  })
})

describe('PATCH /api/contacts/{id}', () => {
  for (const type of ['application/merge-patch+json', 'application/json']) {
    it(`merges a patch sent as ${type}: null clears, what is absent stays`, async () => {
      const { id } = await createContact(ada, whole)
      const patch = JSON.stringify({ last_name: 'Murray', phone: null, email: '' })
      const answer = await ada.patch(`/api/contacts/${id}`, patch, { 'content-type': type })

      expectStatus(answer, 200)
      const expected = { ...whole, last_name: 'Murray', phone: null, email: null }
      assert.deepEqual(fieldsOf(answer.json()), expected)
      assert.deepEqual((await ada.get(`/api/contacts/${id}`)).json(), answer.json())
    })
  }

  it('keeps a birthday without a year', async () => {
    const { id } = await createContact(ada, { first_name: 'Grace', birthday: '--02-29' })
    const answer = await ada.patch(`/api/contacts/${id}`, { last_name: 'Hopper' })
    assert.equal(answer.json().birthday, '--02-29')
  })

  it('does not leave a contact that is nobody', async () => {
    const contact = await createContact(ada, { first_name: 'Grace', additional_data: 'notes' })
    const path = `/api/contacts/${contact.id}`
    expectRefused(await ada.patch(path, { first_name: null }), '/first_name')
    expectRefused(await ada.patch(path, { first_name: ' ' }), '/first_name')
    assert.deepEqual((await ada.get(path)).json(), contact)
  })

  it('refuses what is no patch of a contact', async () => {
    const path = `/api/contacts/${(await createContact(ada, whole)).id}`
    expectRefused(await ada.patch(path, { id: unknownId }), '/id')
    expectRefused(await ada.patch(path, { first_name: { a: 1 } }), '/first_name')
    expectRefused(await ada.patch(path, [{ op: 'remove', path: '/email' }]), '')
    expectProblem(await ada.patch(`/api/contacts/${unknownId}`, {}), 404, 'not_found')
  })
})

describe('DELETE /api/contacts/{id}', () => {
  it('answers 204 without a body, and the contact is gone', async () => {
    const { id } = await createContact(ada, whole)
    const answer = await ada.delete(`/api/contacts/${id}`)

    expectStatus(answer, 204)
    assert.equal(answer.body, '')
    expectProblem(await ada.get(`/api/contacts/${id}`), 404, 'not_found')
    expectProblem(await ada.delete(`/api/contacts/${id}`), 404, 'not_found')
    const found = await ada.get(`/api/contacts?q=${id}`)
    assert.deepEqual(found.json(), [])
  })
})

describe('every contact call', () => {
  for (const [method, path] of [
    ['GET', ''],
    ['POST', ''],
    ['GET', '/search?q=a'],
    ['GET', '/birthdays'],
    ['GET', `/${unknownId}`],
    ['PUT', `/${unknownId}`],
    ['PATCH', `/${unknownId}`],
    ['DELETE', `/${unknownId}`],
  ] as const) {
    it(`is for those who are logged in: ${method} ${path}`, async () => {
      const url = `/api/contacts${path}`
      expectProblem(await server.inject({ method, url }), 401, 'not_authenticated')
      const headers = { authorization: `Bearer ${ada.tokens.refresh_token}` }
      expectProblem(await server.inject({ method, url, headers }), 401, 'invalid_token')
    })
  }

  it('answers with and without a slash at the end, and never redirects', async () => {
    expectStatus(await ada.post('/api/contacts/', whole), 201)
    for (const path of ['/', '/search/?q=a', '/birthdays/']) {
      expectStatus(await ada.get(`/api/contacts${path}`), 200)
    }
  })
})
