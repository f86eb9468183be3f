import assert from 'node:assert/strict'
import { after, describe, it } from 'node:test'
import { Validator } from '@seriousme/openapi-schema-validator'
import { readOpenApi } from '../../test/openapi.ts'
import { startServer } from '../../test/server.ts'

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
  'GET /api/contacts/{id}/history',
  'POST /api/contacts/{id}/history/{revision}/restore',
  'POST /api/imports',
  'GET /api/imports',
  'GET /api/imports/{id}',
  'GET /api/imports/{id}/entries',
  'GET /api/imports/{id}/events',
  'GET /api/imports/{id}/failed',
  'DELETE /api/imports/{id}',
  'GET /api/export',
  'GET /api/users/me/export',
  'GET /api/trash',
  'DELETE /api/trash',
  'POST /api/trash/{id}/restore',
  'DELETE /api/trash/{id}',
  'PUT /api/contacts/{id}/photo',
  'GET /api/contacts/{id}/photo',
  'DELETE /api/contacts/{id}/photo',
  'GET /api/labels',
  'POST /api/labels',
  'PATCH /api/labels/{id}',
  'DELETE /api/labels/{id}',
  'POST /api/labels/{id}/contacts',
]

const server = await startServer()
after(() => server[Symbol.asyncDispose]())
const { document, calls, assertFits, exampleOf } = await readOpenApi(server)

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
    assert.deepEqual(calls.map(({ name }) => name).sort(), contract.toSorted())
  })

  it('names every operation once, and request_email as its users link to it', () => {
    const ids = calls.map(({ operation }) => operation.operationId)
    assert.equal(new Set(ids).size, ids.length)
    const { operation } = calls.find(({ path }) => path === '/api/auth/request_email') ?? {}
    assert.equal(operation?.operationId, 'request_email_api_auth_request_email_post')
    assert.deepEqual(operation?.tags, ['auth'])
  })

  it('lets everyone into what needs no login, and nobody else', () => {
    const open = calls.filter(({ operation }) => operation.security?.length === 0)
    assert.deepEqual(open.map(({ name }) => name).sort(), openToAll.toSorted())
    for (const { name, operation } of calls) {
      const isOpen = openToAll.includes(name)
      // Logging in needs no login, but may fail.
      assert.equal('401' in operation.responses, !isOpen || name.endsWith('/login'), name)
    }
  })
})

for (const { name, operation } of calls) {
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
          const shown = type.includes('json') ? example : exampleOf(schema)
          assert.notEqual(shown ?? undefined, undefined, `${status} has no example`)
          assertFits(schema, shown)
        }
      }
    })

    it('describes each parameter', () => {
      for (const { name, description, schema } of operation.parameters ?? [])
        assert.ok(description ?? schema.description, name)
    })

    it('needs no parameter that has a default', () => {
      for (const { name, required, schema } of operation.parameters ?? []) {
        if ('default' in schema) assert.equal(required, false, name)
      }
    })
  })
}
