import assert from 'node:assert/strict'
import { after, describe, it } from 'node:test'
import { expectStatus, signUp } from '../../test/people.ts'
import { expectProblem, expectRefused } from '../../test/problems.ts'
import { startServer } from '../../test/server.ts'

const server = await startServer()
after(() => server[Symbol.asyncDispose]())
const ada = await signUp(server)
for (const phone of ['1', '2']) await ada.post('/api/contacts', { phone })

async function nextPath(url: string): Promise<string> {
  const [, href] = /^<([^>]+)>/.exec(String((await ada.get(url)).headers.link)) ?? []
  assert.ok(href)
  return href
}

describe('what a list is not asked', () => {
  const asked: [string, ...string[]][] = [
    ['limit=0', '/limit'],
    ['limit=101', '/limit'],
    ['limit=1e9', '/limit'],
    ['limit=1e1', '/limit'],
    ['limit=0x10', '/limit'],
    ['limit=%2B5', '/limit'],
    ['limit=%205', '/limit'],
    ['limit=1.5', '/limit'],
    ['limit=ten', '/limit'],
    ['skip=-1', '/skip'],
    ['skip=1000001', '/skip'],
    ['skip=1e400', '/skip'],
    [`skip=${'9'.repeat(400)}`, '/skip'],
    ['skip=NaN', '/skip'],
    ['sort=phone', '/sort'],
    ['sort=name%20desc', '/sort'],
    ['sort=id;drop%20table%20contacts', '/sort'],
    ['sort=constructor', '/sort'],
    ['order=desc', '/order'],
    ['fields=password_hash', '/fields'],
    ['owner_id=01a20497-405b-7167-a9e2-939dbd06ad08', '/owner_id'],
    ['after=nonsense', '/after'],
    ['q=%00', '/q'],
    ['first_name[]=a', '/first_name[]'],
    [`q=${'a'.repeat(10_000)}`, '/q'],
    [`q=${'a%20OR%20'.repeat(1000)}`, '/q'],
    [`email=${'a'.repeat(255)}`, '/email'],
    ['limit=0&skip=-1&sort=x', '/limit', '/skip', '/sort'],
    ['__proto__[limit]=1', '/__proto__[limit]'],
    ['constructor.prototype=1', '/constructor.prototype'],
  ]
  for (const [query, ...pointers] of asked) {
    it(`is ${query.slice(0, 60)}`, async () => {
      expectRefused(await ada.get(`/api/contacts?${query}`), ...pointers)
    })
  }

  it('is a query that does not decode', async () => {
    for (const query of ['q=%FF', 'q=%ED%A0%80', 'q=100%', 'q=%zz']) {
      expectProblem(await ada.get(`/api/contacts?${query}`), 400, 'malformed_request')
    }
  })

  it('is a parameter twice', async () => {
    for (const [query, ...names] of [
      ['limit=1&limit=2', 'limit'],
      ['first_name=a&first_name=a', 'first_name'],
      ['q=&q=', 'q'],
      ['q=a&limit=0&q=b&sort=name&sort=name', 'sort', 'q'],
    ]) {
      const answer = await ada.get(`/api/contacts?${query}`)
      expectProblem(answer, 422, 'validation_failed')
      const errors = names.map((name) => ({
        pointer: `/${name}`,
        detail: 'is given twice.',
      }))
      assert.deepEqual(answer.json().errors, errors)
    }
    expectRefused(await ada.get('/api/contacts?nothing=1&nothing=2'), '/nothing')
  })

  it('is a cursor of another order', async () => {
    const next = await nextPath('/api/contacts?limit=1&sort=-name')
    expectStatus(await ada.get(next), 200)
    expectRefused(await ada.get(next.replace('sort=-name', 'sort=name')), '/after')
  })

  it('is a cursor that names no time PostgreSQL knows', async () => {
    const id = '01a20497-405b-7167-a9e2-939dbd06ad08'
    for (const time of ['0000-01-01T00:00:00.000Z', '-000001-01-01T00:00:00.000Z', 'infinity']) {
      const cursor = Buffer.from(JSON.stringify(['created_at', time, id])).toString('base64url')
      const answer = await ada.get(`/api/contacts?sort=created_at&after=${cursor}`)
      expectRefused(answer, '/after')
    }
  })

  it('is a body of another kind than JSON, or none at all', async () => {
    for (const type of ['text/plain', 'application/xml', 'multipart/form-data; boundary=x']) {
      const answer = await ada.post('/api/contacts', '{"first_name":"Ada"}', {
        'content-type': type,
      })
      expectProblem(answer, 415, 'unsupported_media_type')
    }
    const form = { 'content-type': 'application/x-www-form-urlencoded' }
    const answer = await ada.post('/api/contacts', 'first_name=Ada', form)
    expectProblem(answer, 415, 'unsupported_media_type')
  })
})
