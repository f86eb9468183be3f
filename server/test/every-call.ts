import { randomUUID, randomUUIDv7 } from 'node:crypto'
import { toToken } from '../src/changes/position.ts'
import { picture, uploadPicture } from './avatars.ts'
import { cookiesIn } from './cookies.ts'
import { finished, importFile } from './imports.ts'
import { tokenIn } from './mailbox.ts'
import type { OpenApi } from './openapi.ts'
import {
  expectStatus,
  logIn,
  signUp,
  type Answer,
  type Call,
  type Door,
  type Person,
} from './people.ts'
import type { TestServer } from './server.ts'

/** A good one, but of another book. */
const tokenOfNobody = toToken({ epoch: 1, modseq: 0, start: 0, day: 20_786 })

/** An answer, and the operation whose it is: method and path of the document. */
export type NamedAnswer = { name: string; answer: Answer }

/** Makes every call of the document at least once, and many that are refused. */
export async function callEverything(
  server: TestServer,
  { document, exampleOf }: OpenApi,
): Promise<NamedAnswer[]> {
  const seen: NamedAnswer[] = []
  const door: Door = {
    mailbox: server.mailbox,
    async inject(call) {
      const answer = await server.inject(call)
      seen.push({ name: nameOf(call, document), answer })
      return answer
    },
  }
  const ask = (method: Call['method'], url: string, payload?: object, token?: string) => {
    const headers = token ? { authorization: `Bearer ${token}` } : {}
    return door.inject({ method, url, headers, ...(payload && { payload }) })
  }

  const ada = await signUp(door)
  const { username, email, password } = ada
  await ask('POST', '/api/auth/signup', { username, email, password })
  await ask('POST', '/api/auth/signup', { username: '' })
  await ask('GET', `/api/auth/confirmed_email/${'a'.repeat(43)}`)
  await ask('POST', '/api/auth/request_email', { email })
  await ask('POST', '/api/auth/login', { email, password: 'wrong' })
  for (const method of ['GET', 'POST'] as const) {
    const { refresh_token: token } = (await logIn(door, ada)).tokens
    await ask(method, '/api/auth/refresh_token', undefined, token)
    await ask(method, '/api/auth/refresh_token')
  }

  await useBrowser(door, email, password)

  const phone = await logIn(door, ada)
  const sessions: { id: string; current: boolean }[] = (
    await phone.get('/api/auth/sessions')
  ).json()
  await ada.delete(`/api/auth/sessions/${sessions.find(({ current }) => current)?.id}`)
  await ada.delete('/api/auth/sessions/x')
  await phone.get('/api/auth/sessions')

  await ada.get('/api/users/me')
  await ada.patch('/api/users/me', { username: 'Countess' })
  await ada.patch('/api/users/me', { role: 'admin' })
  await makeKeys(ada)
  await ada.post('/api/users/me/email', { email: 'new.' + email, current_password: password })
  await ada.post('/api/users/me/email', { email: 'new', current_password: password })
  await ada.post('/api/users/me/email', { email, current_password: 'wrong' })
  await ada.patch('/api/users/me/preferences', { theme: 'dark' })
  await ada.patch('/api/users/me/preferences', { theme: 'pink' })
  await ada.get('/api/users/me/preferences')
  await uploadPicture(ada)
  const { avatar } = (await ada.get('/api/users/me')).json()
  await ask('GET', new URL(avatar).pathname)
  const { headers: kept } = await ada.get('/api/users/me/avatar')
  await ada.get('/api/users/me/avatar', { 'if-none-match': String(kept['etag']) })
  await ask('GET', `/media/avatars/${'0'.repeat(32)}.webp`)
  await uploadPicture(ada, Buffer.from('no picture'))
  await ada.delete('/api/users/avatar')
  await ada.get('/api/users/me/avatar')

  const since = (await readChanges(ada)).next
  const lovelace = { first_name: 'Ada', last_name: 'Lovelace', birthday: '1815-12-10' }
  const { headers } = await ada.post('/api/contacts', lovelace)
  const [url, etag] = [String(headers.location), String(headers['etag'])]
  await ada.post('/api/contacts', '{', { 'content-type': 'application/json' })
  await ada.post('/api/contacts', '', { 'content-type': 'text/plain' })
  await ada.post('/api/contacts', { additional_data: 'a'.repeat(2 ** 20) })
  await ada.post('/api/contacts', { phone: '030 123', birthday: '--02-29' })
  for (const phone of ['1', '1', '2']) {
    await ada.post('/api/contacts', { phone }, { 'idempotency-key': 'the same' })
  }
  const label = `label=${'0'.repeat(8)}-0000-4000-8000-${'0'.repeat(12)}`
  const lists = ['', '?limit=1', '?q=ada', '?limit=0', '/search?q=a', '/search', `?${label}`]
  const searches = ['/search?q=a&view=full', '/search?q=Lovelcae&notes=true']
  for (const query of [...lists, '?view=full', '?view=none', ...searches]) {
    await ada.get(`/api/contacts${query}`)
  }
  for (const query of ['', '?days=366', '?days=367']) {
    await ada.get(`/api/contacts/birthdays${query}`)
  }
  await ada.get(url)
  await ada.get(url, { 'if-none-match': etag })
  await ada.put(url, { last_name: 'Lovelace' }, { 'if-match': etag })
  await ada.put(url, { last_name: 'King' }, { 'if-match': etag })
  await ada.patch(url, { phone: '1' })
  await ada.patch(url, { last_name: null, phone: null })
  await ada.delete(url, undefined, { 'if-match': etag })
  await tellHistory(ada, url, exampleOf(document.components.schemas['NewContact']) as object)
  await changeLabels(ada, url)
  await changeCalendar(ada)
  await changePhoto(ada, url)
  await ada.delete(url)
  await emptyTrash(ada, url)
  await mergeAll(ada)
  await findDuplicates(ada)
  await moveIn(ada)
  await moveOut(ada)
  await readChanges(ada, since)
  await changeMany(ada)
  await followChanges(await logIn(door, ada), since)
  for (const method of ['GET', 'PUT', 'PATCH', 'DELETE'] as const) {
    await ada.inject({ method, url, ...(method.startsWith('P') && { payload: { phone: '1' } }) })
    await ask(method, url)
  }

  for (const path of ['/api/healthchecker', '/livez', '/readyz', '/metrics']) {
    await ask('GET', path)
  }
  const new_password = 'a brand new password'
  await ada.post('/api/auth/change_password', { current_password: password, new_password })
  await ada.post('/api/auth/change_password', { current_password: password, new_password })
  await ask('POST', '/api/auth/forgot_password', { email })
  const mail = await server.mailbox.next({ to: email, subject: /^Set a new password/ })
  await ask('POST', '/api/auth/reset_password', { token: tokenIn(mail), password })
  await ask('POST', '/api/auth/reset_password', { token: tokenIn(mail), password })
  await (await logIn(door, ada)).post('/api/auth/logout')
  await ask('POST', '/api/auth/logout')
  const last = await logIn(door, ada)
  await last.delete('/api/users/me', { password: 'wrong' })
  await last.delete('/api/users/me', { password })
  await last.get('/api/users/me')
  return seen
}

/** Makes the calls of a page. */
async function useBrowser(door: Door, email: string, password: string) {
  const own = { 'x-kith': '1', 'sec-fetch-site': 'same-origin' }
  const ask = (path: string, headers: Record<string, string>, payload?: object) =>
    door.inject({
      method: 'POST',
      url: `/api/auth/browser/${path}`,
      headers,
      ...(payload && { payload }),
    })
  await ask('login', {}, { email, password })
  await ask('login', own, { email, password: 'wrong' })
  const { headers } = await ask('login', own, { email, password })
  await ask('refresh', own)
  await ask('refresh', { ...own, cookie: cookiesIn(headers['set-cookie']) })
  await ask('logout', { ...own, cookie: cookiesIn(headers['set-cookie']) })
  await ask('logout', {})
  await ask('refresh', { ...own, cookie: cookiesIn(headers['set-cookie']) })
}

/** Makes the calls to keys for programs. */
async function makeKeys(owner: Person) {
  for (const path of ['/api/users/me/tokens', '/api/users/me/app-passwords']) {
    const made = await owner.post(path, { name: 'Script', scope: 'read_only' })
    await owner.post(path, { name: '', scope: 'all' })
    const { id, token = '' } = made.json()
    const headers = { authorization: `Bearer ${token}` }
    await owner.get('/api/labels', headers)
    await owner.post('/api/labels', { name: 'Theirs' }, headers)
    await owner.get(path, headers)
    await owner.get(path)
    if (token === '') await owner.get(`${path}/${id}/profile`)
    await owner.delete(`${path}/${id}`)
    if (token === '') await owner.get(`${path}/${id}/profile`)
    await owner.delete(`${path}/${id}`)
    await owner.delete(`${path}/x`)
  }
}

/** Makes the calls to the history of a contact. */
async function tellHistory(owner: Person, url: string, whole: object) {
  expectStatus(await owner.put(url, whole), 200)
  for (const path of [url, `/api/contacts/x`]) await owner.get(`${path}/other-properties`)
  for (const query of ['', '?limit=1', '?limit=0']) await owner.get(`${url}/history${query}`)
  const [last, ...others] = (await owner.get(`${url}/history`)).json()
  for (const revision of [last.revision, others.at(-1).revision, 0, 'x']) {
    await owner.post(`${url}/history/${revision}/restore`)
  }
}

/** Makes the calls to labels, one of which this contact gets. */
async function changeLabels(owner: Person, url: string) {
  const label = (await owner.post('/api/labels', { name: 'Friends', colour: '#3b82f6' })).json()
  await owner.post('/api/labels', { name: 'friends' })
  await owner.post('/api/labels', { name: '' })
  await owner.get('/api/labels')
  const contacts = `/api/labels/${label.id}/contacts`
  await owner.post(contacts, { add: [url.split('/').at(-1)] })
  await owner.post(contacts, { remove: [label.id] })
  await owner.patch(`/api/labels/${label.id}`, { name: 'Old friends' })
  await owner.patch(`/api/labels/${label.id}`, { colour: 'red' })
  await owner.delete(`/api/labels/${label.id}?contacts=none`)
  await owner.delete(`/api/labels/${label.id}`)
  await owner.delete(`/api/labels/${label.id}`)
  await owner.patch(`/api/labels/${label.id}`, {})
  await owner.post(contacts, {})
}

/** Makes the calls to the birthday calendar, fetches of programs among them. */
async function changeCalendar(owner: Person) {
  const settings = '/api/users/me/calendar'
  await owner.get(settings)
  const { url } = (await owner.post(settings)).json()
  const path = new URL(url).pathname
  const label = (await owner.post('/api/labels', { name: 'Family' })).json()
  await owner.get(path)
  await owner.patch(settings, { reminders: ['-P7D'], include: ['birthdays'], labels: [label.id] })
  await owner.patch(settings, { reminders: ['soon'] })
  await owner.patch(settings, { labels: [settings] })
  await owner.get(settings)
  const { headers } = await owner.get(path)
  await owner.get(path, { 'if-none-match': String(headers['etag']) })
  await owner.delete(settings)
  await owner.get(path)
  await owner.patch(settings, {})
  await owner.delete(settings)
}

/** Makes the calls to the photo of this contact. */
async function changePhoto(owner: Person, url: string) {
  const photo = `${url}/photo`
  const type = { 'content-type': 'image/jpeg' }
  await owner.get(photo)
  await owner.put(photo, await picture(), type)
  await owner.put(photo, await picture(), { ...type, 'if-match': '"m0"' })
  await owner.put(photo, Buffer.from('no picture'), type)
  await owner.put(photo, {})
  for (const size of ['96', '512', 'original', '1']) await owner.get(`${photo}?size=${size}`)
  const { headers } = await owner.get(photo)
  await owner.get(photo, { 'if-none-match': String(headers['etag']) })
  await owner.delete(photo, undefined, { 'if-match': '"m0"' })
  await owner.delete(photo)
}

/** Makes the calls to the trash, of which this contact is in it. */
async function emptyTrash(owner: Person, url: string) {
  const trashed = url.replace('/contacts/', '/trash/')
  for (const query of ['', '?limit=1', '?limit=0']) await owner.get(`/api/trash${query}`)
  await owner.post(`${trashed}/restore`)
  await owner.post(`${trashed}/restore`)
  await owner.delete(trashed)
  await owner.delete(url)
  await owner.get('/api/trash')
  await owner.delete(trashed)
  await owner.delete(trashed)
  await owner.delete('/api/trash')
}

/** Makes the calls that merge contacts. */
async function mergeAll(owner: Person) {
  const add = async (phone: string) => (await owner.post('/api/contacts', { phone })).json().id
  const [into, other] = [await add('020 7946 0958'), await add('+44 20 7946 0958')]
  const body = { into, ids: [other] }
  await owner.post('/api/contacts/merge', { into, ids: [into] })
  await owner.post('/api/contacts/merge', { ...body, if_revisions: { [into]: 'm0' } })
  await owner.post('/api/contacts/merge?dry_run=true', body)
  const answer = await owner.post('/api/contacts/merge', { ...body, fields: { nickname: 'Ada' } })
  await owner.post('/api/contacts/merge', body)
  for (const query of ['', '?limit=1', '?limit=0']) await owner.get(`/api/merges${query}`)
  const undo = `/api/merges/${answer.json().merge_id}/undo`
  await owner.patch(`/api/contacts/${into}`, { nickname: 'Countess' })
  await owner.post(undo)
  await owner.post(`${undo}?force=true`)
  await owner.post(undo)
  await owner.post(`/api/merges/${into}/undo`)
  await owner.get('/api/merges')
}

/** Makes the calls to duplicates. */
async function findDuplicates(owner: Person) {
  const twin = { first_name: 'Twin', email: 'twin@example.org' }
  const ids: string[] = []
  for (let copy = 0; copy < 2; copy++) ids.push((await owner.post('/api/contacts', twin)).json().id)
  const path = '/api/duplicates'
  for (const query of ['', '?dismissed=true', '?limit=0', '?after=x']) await owner.get(path + query)
  const [group] = (await owner.get(path)).json().groups
  for (const id of [group.id, ids[0], 'x']) {
    await owner.post(`${path}/${id}/dismiss`)
    await owner.get(`${path}?dismissed=true&limit=1`)
    await owner.delete(`${path}/${id}/dismiss`)
  }
  for (const id of ids) await owner.delete(`/api/contacts/${id}`)
}

/** Makes the calls to an import. */
async function moveIn(owner: Person) {
  const answer = await importFile(owner, 'Name,E-mail\r\nAda,ada@example.org\r\n"broken\r\n')
  await importFile(owner, 'no contacts')
  await importFile(owner, '', { field: 'other' })
  const { id } = await finished(owner, answer)
  await owner.get('/api/imports')
  for (const path of ['', '/entries', '/entries?limit=0', '/events', '/failed']) {
    await owner.get(`/api/imports/${id}${path}`)
  }
  await owner.delete(`/api/imports/${id}`)
  const nobodys = '00000000-0000-4000-8000-000000000000'
  for (const path of ['', '/entries', '/events', '/failed']) {
    await owner.get(`/api/imports/${nobodys}${path}`)
  }
  await owner.delete(`/api/imports/${nobodys}`)
}

/** Makes the calls that give everything back. */
async function moveOut(owner: Person) {
  for (const query of ['', '?format=csv', '?format=json', '?version=4.0', '?version=2.1']) {
    await owner.get(`/api/export${query}`)
  }
  for (const format of ['vcf', 'csv', 'json']) {
    for (const query of ['', '?label=x']) await owner.get(`/api/export.${format}${query}`)
  }
  await owner.get('/api/users/me/export')
}

/** Makes a batch whose operations end in every way. */
async function changeMany(owner: Person) {
  const id = randomUUIDv7()
  const named = (operation: object) => ({ op_id: randomUUID(), ...operation })
  const creation = { operation: 'create', id, contact: { first_name: 'Ada' } }
  const patch = { operation: 'patch', id, patch: { nickname: 'Countess' } }
  const operations = [
    creation,
    creation,
    patch,
    { ...patch, if_revision: 'm0' },
    { ...patch, patch: { email: 'none' } },
    { operation: 'delete', id },
    { operation: 'delete', id },
    { operation: 'restore', id },
  ].map(named)
  await owner.post('/api/contacts/batch', { operations })
  await owner.post('/api/contacts/batch', { operations })
  await owner.post('/api/contacts/batch', { operations: [patch] })
}

/** Makes the calls that read what has changed since, in every form. @returns the last answer */
async function readChanges(owner: Person, since = ''): Promise<{ next: string }> {
  const path = `/api/changes?since=${since}`
  await owner.get(path, { accept: 'application/x-ndjson' })
  for (const query of ['&limit=1', '&limit=0', '&view=simple', 'x']) await owner.get(path + query)
  await owner.get(`/api/changes?since=${tokenOfNobody}`)
  return (await owner.get(path)).json()
}

/** Listens for changes with too many streams at once, so that one ends, and then with no session. */
async function followChanges(listener: Person, since: string) {
  const path = '/api/changes/events'
  for (const token of ['', 'x', tokenOfNobody]) await listener.get(`${path}?since=${token}`)
  const streams = Array.from({ length: 11 }, () => listener.get(`${path}?since=${since}`))
  await Promise.race(streams)
  await listener.post('/api/auth/logout')
  await Promise.all(streams)
}

/** The operation that a call means: a path without parameters goes before one with them. */
function nameOf({ method, url }: Call, document: OpenApi['document']): string {
  const [path = ''] = url.split('?')
  const isMeant = (template: string) =>
    new RegExp(`^${template.replaceAll(/\{\w+\}/g, '[^/]+')}$`).test(path)
  const paths = Object.keys(document.paths).sort((a, b) => a.indexOf('{') - b.indexOf('{'))
  return `${method} ${paths.find(isMeant)}`
}
