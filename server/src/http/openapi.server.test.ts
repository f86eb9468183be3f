import assert from 'node:assert/strict'
import { after, describe, it } from 'node:test'
import { Validator } from '@seriousme/openapi-schema-validator'
import { Ajv2020 } from 'ajv/dist/2020.js'
import { uploadPicture } from '../../test/avatars.ts'
import { tokenIn } from '../../test/mailbox.ts'
import { logIn, signUp, type Answer, type Call, type Door } from '../../test/people.ts'
import { startServer } from '../../test/server.ts'
import { formats } from './formats.ts'

type Schema = {
  $ref?: string
  type?: string | string[]
  format?: string
  properties?: Record<string, Schema>
  items?: Schema
  examples?: unknown[]
  additionalProperties?: boolean
}
type Response = {
  description: string
  headers?: Record<string, { schema: Schema; description?: string }>
  content?: Record<string, { schema: Schema; example?: unknown }>
}
type Operation = {
  operationId: string
  summary: string
  tags: string[]
  security?: object[]
  parameters?: { name: string; in: string; required: boolean; schema: Schema }[]
  responses: Record<string, Response>
}

const openToAll = [
  'POST /api/auth/signup',
  'POST /api/auth/login',
  'GET /api/auth/confirmed_email/{token}',
  'POST /api/auth/request_email',
  'POST /api/auth/forgot_password',
  'POST /api/auth/reset_password',
  'GET /api/healthchecker',
  'GET /livez',
  'GET /readyz',
]
const contract = [
  ...openToAll,
  'GET /api/auth/refresh_token',
  'POST /api/auth/refresh_token',
  'POST /api/auth/logout',
  'GET /api/auth/sessions',
  'DELETE /api/auth/sessions/{id}',
  'POST /api/auth/change_password',
  'GET /api/users/me',
  'PATCH /api/users/me',
  'DELETE /api/users/me',
  'PATCH /api/users/avatar',
  'DELETE /api/users/avatar',
  'POST /api/contacts',
  'GET /api/contacts',
  'GET /api/contacts/search',
  'GET /api/contacts/birthdays',
  'GET /api/contacts/{id}',
  'PUT /api/contacts/{id}',
  'PATCH /api/contacts/{id}',
  'DELETE /api/contacts/{id}',
]

const server = await startServer()
after(() => server[Symbol.asyncDispose]())
const document = (await server.inject('/openapi.json')).json()
const schemas: Record<string, Schema> = document.components.schemas
const operations = Object.entries(document.paths as Record<string, Record<string, Operation>>)
  .flatMap(([path, item]) =>
    Object.entries(item).map(([method, operation]) => ({ path, method, operation })),
  )
  .map((one) => ({ ...one, name: `${one.method.toUpperCase()} ${one.path}` }))

// Whatever an answer holds beyond its description would be a leak.
const closed = structuredClone(document)
for (const schema of Object.values<Schema>(closed.components.schemas)) {
  if (schema.type === 'object') schema.additionalProperties = false
}
const ajv = new Ajv2020({
  strict: false,
  allErrors: true,
  formats: {
    'date-time': /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/,
    ...Object.fromEntries(Object.entries(formats).map(([name, { isValid }]) => [name, isValid])),
  },
}).addSchema(closed, 'document')

describe('the OpenAPI document', () => {
  it('is valid OpenAPI 3.1, as an independent validator says', async () => {
    const { valid, errors } = await new Validator().validate(structuredClone(document))
    assert.deepEqual(errors, undefined)
    assert.equal(valid, true)
    assert.match(document.openapi, /^3\.1\./)
  })

  it('is the one that the docs page shows', async () => {
    assert.deepEqual((await server.inject('/docs/json')).json(), document)
  })

  it('describes every call of the contract', () => {
    assert.deepEqual(operations.map(({ name }) => name).sort(), contract.toSorted())
  })

  it('names every operation once, and request_email as its users link to it', () => {
    const ids = operations.map(({ operation }) => operation.operationId)
    assert.equal(new Set(ids).size, ids.length)
    const { operation } = operations.find(({ path }) => path === '/api/auth/request_email') ?? {}
    assert.equal(operation?.operationId, 'request_email_api_auth_request_email_post')
    assert.deepEqual(operation?.tags, ['auth'])
  })

  it('lets everyone into what needs no login, and nobody else', () => {
    const open = operations.filter(({ operation }) => operation.security?.length === 0)
    assert.deepEqual(open.map(({ name }) => name).sort(), openToAll.toSorted())
    for (const { name, operation } of operations) {
      const isOpen = openToAll.includes(name)
      // Logging in needs no login, but may fail.
      assert.equal('401' in operation.responses, !isOpen || name.endsWith('/login'), name)
    }
  })
})

for (const { name, operation } of operations) {
  describe(name, () => {
    it('says what it does', () => {
      assert.match(operation.summary, /^[A-Z]/)
      assert.equal(operation.tags.length, 1)
      assert.match(operation.operationId, /^[a-z_]+$/)
    })

    it('describes each answer, with an example that fits', () => {
      const { responses } = operation
      assert.ok(Object.keys(responses).some((status) => /^2\d\d$/.test(status)))
      for (const [status, { description, content = {}, headers = {} }] of Object.entries(
        responses,
      )) {
        assert.match(description, /^[A-Z]/, status)
        for (const header of Object.values(headers)) assert.ok(header.description, status)
        for (const [type, { schema, example }] of Object.entries(content)) {
          assert.equal(type.includes('problem'), Number(status) >= 400)
          const shown = example ?? exampleOf(schema)
          assert.notEqual(shown, undefined, `${status} has no example`)
          assertFits(schema, shown)
        }
      }
    })

    it('needs no parameter that has a default', () => {
      for (const { name, required, schema } of operation.parameters ?? []) {
        if ('default' in schema) assert.equal(required, false, name)
      }
    })
  })
}

describe('real answers', async () => {
  const seen = await callEverything()

  for (const { name, operation } of operations) {
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
  const call = (method: Call['method'], url: string, payload?: object, token?: string) => {
    const headers = token ? { authorization: `Bearer ${token}` } : {}
    return door.inject({ method, url, headers, ...(payload && { payload }) })
  }

  const ada = await signUp(door)
  const { username, email, password } = ada
  await call('POST', '/api/auth/signup', { username, email, password })
  await call('POST', '/api/auth/signup', { username: '' })
  await call('GET', `/api/auth/confirmed_email/${'a'.repeat(43)}`)
  await call('POST', '/api/auth/request_email', { email })
  await call('POST', '/api/auth/login', { email, password: 'wrong' })
  for (const method of ['GET', 'POST'] as const) {
    const { refresh_token: token } = (await logIn(door, ada)).tokens
    await call(method, '/api/auth/refresh_token', undefined, token)
    await call(method, '/api/auth/refresh_token')
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
    await call(method, url)
  }

  for (const path of ['/api/healthchecker', '/livez', '/readyz']) await call('GET', path)
  const new_password = 'a brand new password'
  await ada.post('/api/auth/change_password', { current_password: password, new_password })
  await ada.post('/api/auth/change_password', { current_password: password, new_password })
  await call('POST', '/api/auth/forgot_password', { email })
  const mail = await server.mailbox.next({ to: email, subject: /^Set a new password/ })
  await call('POST', '/api/auth/reset_password', { token: tokenIn(mail), password })
  await call('POST', '/api/auth/reset_password', { token: tokenIn(mail), password })
  await (await logIn(door, ada)).post('/api/auth/logout')
  await call('POST', '/api/auth/logout')
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

function assertFits(schema: Schema, value: unknown) {
  const text = JSON.stringify(schema).replaceAll('"#/components/', '"document#/components/')
  const isValid = ajv.validate(JSON.parse(text), value)
  assert.ok(isValid, `${ajv.errorsText()} in ${JSON.stringify(value)}`)
}

/** What the docs page shows for a schema: its own example, or that of its parts. */
function exampleOf(schema: Schema | undefined): unknown {
  if (schema?.$ref) return exampleOf(schemas[schema.$ref.split('/').at(-1) ?? ''])
  if (schema?.examples) return schema.examples[0]
  if (schema?.format === 'uuid') return '01a20497-405b-7167-a9e2-939dbd06ad08'
  if (schema?.type === 'boolean') return true
  if (schema?.items) return [exampleOf(schema.items)]
  if (!schema?.properties) return undefined
  const members = Object.entries(schema.properties)
  return Object.fromEntries(members.map(([name, member]) => [name, exampleOf(member)]))
}
