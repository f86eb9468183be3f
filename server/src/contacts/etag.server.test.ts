import assert from 'node:assert/strict'
import { after, describe, it } from 'node:test'
import { fieldsOf } from '../../test/grace.ts'
import { expectStatus, logIn, signUp } from '../../test/people.ts'
import { expectProblem } from '../../test/problems.ts'
import { startServer } from '../../test/server.ts'

const server = await startServer()
after(() => server[Symbol.asyncDispose]())
const ada = await signUp(server)

async function create() {
  const answer = await ada.post('/api/contacts', { first_name: 'Grace', phone: '112' })
  expectStatus(answer, 201)
  return { url: String(answer.headers.location), etag: String(answer.headers['etag']) }
}
const tagOf = async (url: string) => String((await ada.get(url)).headers['etag'])

describe('the tag of a contact', () => {
  it('changes with every change, and with nothing else', async () => {
    const { url, etag } = await create()
    const other = await create()
    assert.equal(await tagOf(url), etag)
    const patched = await ada.patch(url, { first_name: 'Ada' })
    assert.notEqual(patched.headers['etag'], etag)
    const put = await ada.put(url, { first_name: 'Grace', phone: '112' })
    assert.equal(new Set([etag, patched.headers['etag'], put.headers['etag']]).size, 3)
    assert.equal(await tagOf(url), put.headers['etag'])
    assert.equal(await tagOf(other.url), other.etag)
  })

  it('stays, with the time of the last change, when a write changes nothing', async () => {
    const { url, etag } = await create()
    const before = (await ada.get(url)).json()
    for (const answer of [
      await ada.put(url, { first_name: 'Grace', phone: '112' }),
      await ada.put(url, { first_name: ' Grace', phone: '112', email: '' }),
      await ada.patch(url, {}),
      await ada.patch(url, { first_name: 'Grace', last_name: null }),
    ]) {
      expectStatus(answer, 200)
      assert.equal(answer.headers['etag'], etag)
      assert.deepEqual(answer.json(), before)
    }
  })
})

describe('If-None-Match', () => {
  it('answers 304 without a body while the contact is the same', async () => {
    const { url, etag } = await create()
    for (const header of [etag, `W/${etag}`, `"other", ${etag}`, '*']) {
      const answer = await ada.get(url, { 'if-none-match': header })
      expectStatus(answer, 304)
      assert.equal(answer.body, '')
      // It would be that of the contact (RFC 9110, 8.6).
      assert.equal(answer.headers['content-length'], undefined)
      assert.equal(answer.headers['etag'], etag)
    }
  })

  it('brings the contact that has changed', async () => {
    const { url, etag } = await create()
    await ada.patch(url, { first_name: 'Ada' })
    const answer = await ada.get(url, { 'if-none-match': etag })
    expectStatus(answer, 200)
    assert.equal(answer.json().first_name, 'Ada')
  })
})

describe('If-Match', () => {
  const writes = {
    PUT: { first_name: 'Ada' },
    PATCH: { first_name: 'Ada' },
    DELETE: undefined,
  }
  for (const [method, payload] of Object.entries(writes) as [keyof typeof writes, object][]) {
    it(`stops a ${method} of what has changed since, and changes nothing`, async () => {
      const { url, etag } = await create()
      await ada.patch(url, { last_name: 'Hopper' })
      const now = await ada.get(url)
      for (const header of [etag, `W/${now.headers['etag']}`, '"other"', '']) {
        const headers = { 'if-match': header }
        const answer = await ada.inject({ method, url, headers, ...(payload && { payload }) })
        expectProblem(answer, 412, 'stale')
      }
      assert.deepEqual((await ada.get(url)).json(), now.json())
    })

    it(`lets a ${method} of what is still the same pass`, async () => {
      for (const form of [(tag: string) => tag, (tag: string) => `"other", ${tag}`, () => '*']) {
        const { url, etag } = await create()
        const headers = { 'if-match': form(etag) }
        const answer = await ada.inject({ method, url, headers, ...(payload && { payload }) })
        expectStatus(answer, method === 'DELETE' ? 204 : 200)
      }
    })

    it(`does not hide that a ${method} finds no contact`, async () => {
      const url = '/api/contacts/01a20497-405b-7167-a9e2-939dbd06ad08'
      const headers = { 'if-match': '*' }
      const answer = await ada.inject({ method, url, headers, ...(payload && { payload }) })
      expectProblem(answer, 404, 'not_found')
    })
  }
})

describe('at the same time', () => {
  it('fifty new contacts get fifty revisions, with no gap', async () => {
    const person = await signUp(server)
    const answers = await Promise.all(
      Array.from({ length: 50 }, (_, number) =>
        person.post('/api/contacts', { first_name: `Number ${number}` }),
      ),
    )
    for (const answer of answers) expectStatus(answer, 201)
    assert.equal(new Set(answers.map((answer) => answer.headers['etag'])).size, 50)
    const { rows } = await server.services.database.pool.query(
      `select min(contacts.modseq), max(contacts.modseq), max(owners.modseq) as last
       from users
       join owners on owners.id = users.id
       join contacts on contacts.owner_id = owners.id
       where users.email = $1`,
      [person.email],
    )
    assert.deepEqual(rows, [{ min: 1, max: 50, last: 50 }])
  })

  it('one of many conditional changes succeeds, and the others are refused', async () => {
    const { url, etag } = await create()
    const answers = await Promise.all(
      Array.from({ length: 20 }, (_, number) =>
        ada.patch(url, { first_name: `Number ${number}` }, { 'if-match': etag }),
      ),
    )
    const won = answers.filter((answer) => answer.statusCode === 200)
    assert.equal(won.length, 1)
    for (const answer of answers) if (answer !== won[0]) expectProblem(answer, 412, 'stale')
    assert.deepEqual((await ada.get(url)).json(), won[0]?.json())
  })

  it('patches of different fields are all kept', async () => {
    const { url } = await create()
    const patches = [
      { first_name: 'Ada' },
      { last_name: 'Lovelace' },
      { email: 'ada@example.org' },
      { phone: '110' },
      { birthday: '1815-12-10' },
      { additional_data: 'notes' },
    ]
    const answers = await Promise.all(patches.map((patch) => ada.patch(url, patch)))
    for (const answer of answers) expectStatus(answer, 200)
    assert.deepEqual(fieldsOf((await ada.get(url)).json()), Object.assign({}, ...patches))
  })

  it('changes and deletions of one contact end in an answer each, and no contact', async () => {
    const { url } = await create()
    const answers = await Promise.all(
      Array.from({ length: 20 }, (_, number) =>
        number % 4 === 0 ? ada.delete(url) : ada.put(url, { first_name: `Number ${number}` }),
      ),
    )
    const statuses = answers.map((answer) => answer.statusCode)
    assert.equal(statuses.filter((status) => status === 204).length, 1)
    assert.ok(statuses.every((status) => [200, 204, 404].includes(status)))
    expectProblem(await ada.get(url), 404, 'not_found')
  })

  it('writing contacts and deleting the account end without an error of ours', async () => {
    for (let round = 0; round < 5; round++) {
      const person = await signUp(server)
      const phone = await logIn(server, person)
      const { headers } = await person.post('/api/contacts', { first_name: 'Grace' })
      const url = String(headers.location)
      const answers = await Promise.all([
        ...Array.from({ length: 5 }, () => phone.post('/api/contacts', { first_name: 'Ada' })),
        ...Array.from({ length: 5 }, (_, number) => phone.patch(url, { last_name: `${number}` })),
        person.delete('/api/users/me', { password: person.password }),
        ...Array.from({ length: 5 }, () => phone.post('/api/contacts', { first_name: 'Ada' })),
        ...Array.from({ length: 5 }, (_, number) => phone.patch(url, { phone: `${number}` })),
      ])
      for (const { statusCode, body } of answers) {
        assert.ok([200, 201, 204, 401, 404].includes(statusCode), `${statusCode} ${body}`)
      }
    }
  })
})
