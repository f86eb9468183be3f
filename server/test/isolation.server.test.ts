import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { after, describe, it } from 'node:test'
import { picture, uploadPicture } from './avatars.ts'
import { subscribe } from './calendars.ts'
import { imported } from './imports.ts'
import { readOpenApi, type Operation } from './openapi.ts'
import { expectStatus, signUp, type Answer, type Person } from './people.ts'
import { expectProblem } from './problems.ts'
import { startServer } from './server.ts'

/** Something of the owner's: how a path names it, and a look at what became of it. */
type Belonging = { id: string; revision?: string; look: () => Promise<unknown> }

const server = await startServer()
after(() => server[Symbol.asyncDispose]())
const { calls, exampleOf } = await readOpenApi(server)
const ada = await signUp(server)
const eve = await signUp(server)
// Who has none cannot be asked for it.
await subscribe(eve)
await uploadPicture(eve)

/** For each path with an id, a new thing of Ada's that it names. */
const belongings: Record<string, () => Promise<Belonging>> = {
  '/api/contacts/{id}': ownContact,
  '/api/contacts/{id}/history': ownContact,
  '/api/contacts/{id}/other-properties': ownContact,
  '/api/contacts/{id}/history/{revision}/restore': async () => {
    const { id, look } = await ownContact()
    await ada.patch(`/api/contacts/${id}`, { nickname: 'Changed' })
    const [, creation] = (await ada.get(`/api/contacts/${id}/history`)).json()
    return { id, revision: String(creation.revision), look }
  },
  '/api/trash/{id}': ownTrash,
  '/api/trash/{id}/restore': ownTrash,
  '/api/merges/{id}/undo': async () => {
    const [into, other] = [await addContact(ada), await addContact(ada)]
    const { merge_id } = (
      await ada.post('/api/contacts/merge', { into: into.id, ids: [other.id] })
    ).json()
    return { id: merge_id, look: async () => (await ada.get('/api/merges')).json() }
  },
  '/api/contacts/{id}/photo': async () => {
    const { id } = await addContact(ada)
    const path = `/api/contacts/${id}/photo`
    expectStatus(await ada.put(path, await picture(), { 'content-type': 'image/jpeg' }), 200)
    const look = async () => {
      const answer = await ada.get(`${path}?size=original`)
      return [answer.statusCode, answer.headers['etag']]
    }
    return { id, look }
  },
  '/api/duplicates/{id}/dismiss': ownDuplicates,
  '/api/imports/{id}': ownImport,
  '/api/imports/{id}/entries': ownImport,
  '/api/imports/{id}/events': ownImport,
  '/api/imports/{id}/failed': ownImport,
  '/api/labels/{id}': ownLabel,
  '/api/labels/{id}/contacts': ownLabel,
  '/api/users/me/tokens/{id}': () => ownKey('/api/users/me/tokens'),
  '/api/users/me/app-passwords/{id}': () => ownKey('/api/users/me/app-passwords'),
  '/api/users/me/app-passwords/{id}/profile': () => ownKey('/api/users/me/app-passwords'),
  '/api/auth/sessions/{id}': async () => {
    const sessions = async () =>
      (await ada.get('/api/auth/sessions'))
        .json()
        .map((session: { id: string; device: string }) => [session.id, session.device])
    const [[id]] = await sessions()
    return { id, look: sessions }
  },
}

/** Paths with something that is nobody's id, and why that is right. */
const nobodys: Record<string, string> = {
  '/api/auth/confirmed_email/{token}': 'whoever has the token has read the mail',
  '/media/avatars/{key}.webp': 'whoever has the address may see the picture',
  '/api/calendar/{secret}.ics': 'whoever has the address may read the calendar',
}

/** Reads that this test cannot ask for, and why. */
const testedElsewhere: Record<string, string> = {
  '/api/auth/refresh_token': 'takes another token',
  '/api/changes/events': 'does not end; its tokens are those of /api/changes',
}

describe('what belongs to another user', () => {
  for (const { path, method, operation } of calls.filter(({ path }) => path.includes('{'))) {
    if (path in nobodys) continue

    it(`is not there: ${method} ${path}`, async () => {
      const own = belongings[path]
      assert.ok(own, `say in this test how to make what ${path} names`)
      const { id, revision, look } = await own()
      const before = await look()

      for (const headers of [{}, { 'if-match': '*' }, { 'if-none-match': '"m1", *' }]) {
        const call = (id: string) =>
          eve.inject({ method, url: urlOf(path, id, revision), headers, ...bodyFor(operation) })
        const answer = await call(id)
        expectProblem(answer, 404, 'not_found')
        assert.deepEqual(seenIn(answer), seenIn(await call(randomUUID())))
        assert.deepEqual(await look(), before)
      }
    })
  }
})

describe('what is another user’s', () => {
  const reads = calls.filter(
    ({ path, method, operation }) =>
      method === 'GET' && !path.includes('{') && operation.security?.length !== 0,
  )
  for (const { path } of reads) {
    if (path in testedElsewhere) continue

    it(`is not in GET ${path}`, async () => {
      const contact = await addContact(ada)
      const today = contact.birthday
      const queries = ['', '?q=needle', `?date=${today}&days=366`, `?first_name=needle&limit=100`]
      let answered = 0
      for (const query of queries) {
        const answer = await eve.get(path + query)
        if (answer.statusCode === 422) continue
        expectStatus(answer, 200)
        answered++
        for (const secret of [contact.id, 'Needle', ada.email, sessionOf(ada)]) {
          assert.ok(!answer.body.includes(secret), `${secret} in ${answer.body}`)
        }
        if ('x-total-count' in answer.headers) assert.equal(answer.headers['x-total-count'], '0')
      }
      assert.ok(answered > 0, 'say in this test how to ask for it')
    })
  }
})

async function ownKey(path: string): Promise<Belonging> {
  const name = `Needle ${randomUUID()}`
  const { id } = (await ada.post(path, { name, scope: 'read_only' })).json()
  return { id, look: async () => (await ada.get(path)).json() }
}

async function ownLabel(): Promise<Belonging> {
  const name = `Needle ${randomUUID()}`
  const { id: labelId } = (await ada.post('/api/labels', { name })).json()
  const contact = await addContact(ada)
  expectStatus(await ada.post(`/api/labels/${labelId}/contacts`, { add: [contact.id] }), 200)
  const look = async () => [
    (await ada.get('/api/labels')).json(),
    (await ada.get(`/api/contacts/${contact.id}`)).headers['etag'],
  ]
  return { id: labelId, look }
}

async function ownDuplicates(): Promise<Belonging> {
  const email = `${randomUUID()}@example.org`
  const [first, second] = [await addContact(ada, email), await addContact(ada, email)]
  const look = async () => {
    const { groups } = (await ada.get('/api/duplicates?limit=100')).json()
    return groups.find((group: { contacts: { id: string }[] }) =>
      group.contacts.every(({ id }) => id === first.id || id === second.id),
    )
  }
  const { id } = await look()
  return { id, look }
}

async function ownImport(): Promise<Belonging> {
  const { id } = await imported(ada, `Name,E-mail\r\nNeedle,${randomUUID()}@example.org\r\n`)
  const look = async () => (await ada.get(`/api/imports/${id}`)).json()
  return { id, look }
}

async function ownContact(): Promise<Belonging> {
  const { id } = await addContact(ada)
  const look = async () => {
    const answer = await ada.get(`/api/contacts/${id}`)
    return [answer.statusCode, answer.headers['etag'], answer.json()]
  }
  return { id, look }
}

async function ownTrash(): Promise<Belonging> {
  const { id } = await addContact(ada)
  await ada.delete(`/api/contacts/${id}`)
  return { id, look: async () => (await ada.get('/api/trash')).json() }
}

function urlOf(path: string, id: string, revision = ''): string {
  return path.replace('{id}', id).replace('{revision}', revision)
}

async function addContact(person: Person, email = 'needle@example.org') {
  const answer = await person.post('/api/contacts', {
    first_name: 'Needle',
    email,
    phone: '030 123456',
    birthday: new Date().toISOString().slice(0, 10),
    additional_data: 'Needle',
  })
  expectStatus(answer, 201)
  return answer.json()
}

/** A body that the operation would take. */
function bodyFor({ requestBody }: Operation): { payload?: object } {
  const example = exampleOf(requestBody?.content['application/json']?.schema)
  return example ? { payload: example } : {}
}

/** All of an answer that tells one case from the other. */
function seenIn({ statusCode, headers, body }: Answer) {
  const { date: _date, ...others } = headers
  const { instance: _instance, ...problem } = JSON.parse(body)
  return { statusCode, others, problem }
}

function sessionOf({ tokens }: Person): string {
  const [, claims = ''] = tokens.access_token.split('.')
  return JSON.parse(Buffer.from(claims, 'base64url').toString()).sid
}
