import assert from 'node:assert/strict'
import { after, describe, it } from 'node:test'
import { uploadPicture } from '../../test/avatars.ts'
import { tokenIn } from '../../test/mailbox.ts'
import { readOpenApi, type Operation } from '../../test/openapi.ts'
import { logIn, signUp, type Answer, type Call, type Door } from '../../test/people.ts'
import { startServer } from '../../test/server.ts'

const server = await startServer()
after(() => server[Symbol.asyncDispose]())
const { document, calls, assertFits } = await readOpenApi(server)
const seen = await callEverything()

describe('real answers', () => {
  for (const { name, operation } of calls) {
    it(`are what the document says of ${name}`, () => {
      const answers = seen.filter((one) => one.name === name).map(({ answer }) => answer)
      const isDone = answers.some(({ statusCode }) => statusCode < 300)
      assert.ok(isDone, 'make a successful call of it in this test')
      for (const answer of answers) assertDescribed(operation, answer)
    })
  }
})

/** Every call of the document at least once, and many that are refused. */
async function callEverything() {
  const seen: { name: string; answer: Answer }[] = []
  const door: Door = {
    mailbox: server.mailbox,
    async inject(call) {
      const answer = await server.inject(call)
      seen.push({ name: nameOf(call), answer })
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
  await uploadPicture(ada)
  await ada.get('/api/users/me')
  await uploadPicture(ada, Buffer.from('no picture'))
  await ada.delete('/api/users/avatar')

  const birthday = '1815-12-10'
  const { headers } = await ada.post('/api/contacts', { first_name: 'Ada', birthday })
  const [url, etag] = [String(headers.location), String(headers['etag'])]
  await ada.post('/api/contacts', '{', { 'content-type': 'application/json' })
  await ada.post('/api/contacts', '', { 'content-type': 'text/plain' })
  await ada.post('/api/contacts', { additional_data: 'a'.repeat(2 ** 20) })
  await ada.post('/api/contacts', { phone: '030 123', birthday: '--02-29' })
  for (const query of ['', '?limit=1', '?q=ada', '?limit=0', '/search?q=a', '/search']) {
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
  await ada.delete(url)
  for (const method of ['GET', 'PUT', 'PATCH', 'DELETE'] as const) {
    await ada.inject({ method, url, ...(method.startsWith('P') && { payload: { phone: '1' } }) })
    await ask(method, url)
  }

  for (const path of ['/api/healthchecker', '/livez', '/readyz']) await ask('GET', path)
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

/** The operation that a call means: a path without parameters goes before one with them. */
function nameOf({ method, url }: Call): string {
  const [path = ''] = url.split('?')
  const isMeant = (template: string) =>
    new RegExp(`^${template.replaceAll(/\{\w+\}/g, '[^/]+')}$`).test(path)
  const paths = Object.keys(document.paths).sort((a, b) => a.indexOf('{') - b.indexOf('{'))
  return `${method} ${paths.find(isMeant)}`
}

function assertDescribed({ responses }: Operation, answer: Answer) {
  const { statusCode, headers, body } = answer
  const response = responses[statusCode]
  assert.ok(response, `${statusCode} is not described: ${body}`)
  for (const name of Object.keys(response.headers ?? {})) {
    // The last page has no next one, and these tests run without limits.
    if (name === 'Link' || name.startsWith('RateLimit')) continue
    assert.ok(headers[name.toLowerCase()], `${statusCode} lacks ${name}`)
  }
  const [type] = (headers['content-type'] ?? '').split(';')
  if (!response.content) {
    assert.equal(body, '')
    return
  }
  const content = response.content[type ?? '']
  assert.ok(content, `${statusCode} is described otherwise than as ${type}`)
  assertFits(content.schema, JSON.parse(body))
}
