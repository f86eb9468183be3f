import assert from 'node:assert/strict'
import { after, describe, it } from 'node:test'
import { isDeepStrictEqual } from 'node:util'
import { Validator } from '@seriousme/openapi-schema-validator'
import { readOpenApi, type Operation } from '../../test/openapi.ts'
import { startServer } from '../../test/server.ts'

const openToAll = [
  'POST /api/auth/signup',
  'POST /api/auth/login',
  'POST /api/auth/browser/login',
  'POST /api/auth/browser/logout',
  'GET /api/auth/confirmed_email/{token}',
  'POST /api/auth/request_email',
  'POST /api/auth/forgot_password',
  'POST /api/auth/reset_password',
  'GET /api/healthchecker',
  'GET /livez',
  'GET /readyz',
  'GET /metrics',
  'GET /media/avatars/{key}.webp',
  'GET /api/calendar/{secret}.ics',
]
const contract = [
  ...openToAll,
  'POST /api/auth/browser/refresh',
  'GET /api/auth/refresh_token',
  'POST /api/auth/refresh_token',
  'POST /api/auth/logout',
  'GET /api/auth/sessions',
  'DELETE /api/auth/sessions/{id}',
  'POST /api/auth/change_password',
  'GET /api/users/me',
  'PATCH /api/users/me',
  'DELETE /api/users/me',
  'POST /api/users/me/email',
  'GET /api/users/me/preferences',
  'PATCH /api/users/me/preferences',
  'POST /api/users/me/tokens',
  'GET /api/users/me/tokens',
  'DELETE /api/users/me/tokens/{id}',
  'POST /api/users/me/app-passwords',
  'GET /api/users/me/app-passwords',
  'DELETE /api/users/me/app-passwords/{id}',
  'GET /api/users/me/app-passwords/{id}/profile',
  'PATCH /api/users/avatar',
  'DELETE /api/users/avatar',
  'GET /api/users/me/avatar',
  'POST /api/users/me/calendar',
  'GET /api/users/me/calendar',
  'PATCH /api/users/me/calendar',
  'DELETE /api/users/me/calendar',
  'POST /api/contacts',
  'GET /api/contacts',
  'GET /api/contacts/search',
  'GET /api/contacts/birthdays',
  'GET /api/contacts/{id}',
  'PUT /api/contacts/{id}',
  'PATCH /api/contacts/{id}',
  'DELETE /api/contacts/{id}',
  'GET /api/contacts/{id}/other-properties',
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
  'GET /api/export.vcf',
  'GET /api/export.csv',
  'GET /api/export.json',
  'GET /api/users/me/export',
  'GET /api/trash',
  'DELETE /api/trash',
  'POST /api/trash/{id}/restore',
  'DELETE /api/trash/{id}',
  'POST /api/contacts/merge',
  'GET /api/merges',
  'POST /api/merges/{id}/undo',
  'PUT /api/contacts/{id}/photo',
  'GET /api/contacts/{id}/photo',
  'DELETE /api/contacts/{id}/photo',
  'GET /api/labels',
  'POST /api/labels',
  'PATCH /api/labels/{id}',
  'DELETE /api/labels/{id}',
  'POST /api/labels/{id}/contacts',
  'GET /api/duplicates',
  'POST /api/duplicates/{id}/dismiss',
  'DELETE /api/duplicates/{id}/dismiss',
  'GET /api/changes',
  'POST /api/contacts/batch',
  'GET /api/changes/events',
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

  it('has no two names that a file system or a generator may take for one', () => {
    const { schemas, responses, parameters } = document.components
    const ids = calls.map(({ operation }) => operation.operationId)
    const alike = (names: string[]) =>
      Object.values(Object.groupBy(names, plainName)).filter((group = []) => group.length > 1)
    assert.deepEqual(alike([...Object.keys(schemas), ...ids]), [])
    assert.deepEqual(alike(Object.keys(responses)), [])
    assert.deepEqual(alike(Object.keys(parameters)), [])
  })

  it('says once what several calls have in common', () => {
    const raw = Object.values(document.paths).flatMap((item) => Object.values(item))
    for (const { operationId, responses, parameters = [] } of raw) {
      for (const [status, response] of Object.entries(responses)) {
        assert.equal('$ref' in response, Number(status) >= 400, `${operationId} ${status}`)
      }
      for (const parameter of parameters) {
        assert.ok('$ref' in parameter || isOnlyOne(parameter, raw), parameter.name)
      }
    }
  })

  it('uses every schema that it names', () => {
    const text = JSON.stringify(document)
    const names = Object.keys(document.components.schemas)
    const unused = names.filter((name) => !text.includes(`"#/components/schemas/${name}"`))
    assert.deepEqual(unused, [])
  })

  it('names the calls that may give each code of a problem', () => {
    const codes = document.components.schemas['Problem']?.properties?.['code']?.enum ?? []
    const given = calls.flatMap(({ operation }) => codesOf(operation))
    const ofNoCall = ['method_not_allowed', 'headers_too_large', 'internal_error', 'other_site']
    const ofResults = ['id_taken', 'op_id_reused']
    assert.deepEqual(new Set([...given, ...ofNoCall, ...ofResults]), new Set(codes))
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
      assert.match(operation.description, /^[A-Z].*\.$/s)
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
        for (const [type, { schema, example, examples }] of Object.entries(content)) {
          assert.equal(type.includes('problem'), Number(status) >= 400)
          const one = type.includes('json') ? example : exampleOf(schema)
          const shown = examples ? Object.values(examples).map(({ value }) => value) : [one]
          for (const value of shown) {
            assert.notEqual(value ?? undefined, undefined, `${status} has no example`)
            assertFits(schema, value)
          }
        }
      }
    })

    it('shows what may be sent, without what only answers have', () => {
      const { schema, example } = operation.requestBody?.content['application/json'] ?? {}
      if (!schema) return
      assertFits(schema, example)
      const { properties = {} } = document.components.schemas[nameIn(schema.$ref)] ?? {}
      const sent = Object.keys(example as object)
      assert.ok(sent.length > 0)
      assert.deepEqual(
        sent.filter((name) => properties[name]?.readOnly),
        [],
      )
    })

    it('announces the headers of its limit', () => {
      const { responses } = operation
      if (!('429' in responses)) return
      for (const [status, { headers = {} }] of Object.entries(responses)) {
        if (Number(status) < 400 || status === '429') assert.ok('RateLimit' in headers, status)
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

/** A name as a file system sees it that knows no case, and a generator that has a spelling of its own. */
function plainName(name: string): string {
  return name.replaceAll('_', '').toLowerCase()
}

function nameIn(reference = ''): string {
  return reference.split('/').at(-1) ?? ''
}

function isOnlyOne(parameter: object, operations: Operation[]): boolean {
  const all = operations.flatMap(({ parameters = [] }) => parameters)
  return all.filter((other) => isDeepStrictEqual(other, parameter)).length === 1
}

/** The codes of problems that an operation names. */
function codesOf({ responses }: Operation): unknown[] {
  return Object.values(responses).flatMap(({ content = {} }) => {
    const { allOf = [] } = content['application/problem+json']?.schema ?? {}
    return allOf.flatMap(({ properties }) => properties?.['code']?.enum ?? [])
  })
}
