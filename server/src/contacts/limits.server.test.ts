import assert from 'node:assert/strict'
import { after, describe, it } from 'node:test'
import {
  expectStatus,
  logIn,
  nextAddress,
  signUp,
  type Answer,
  type Person,
} from '../../test/people.ts'
import { expectProblem } from '../../test/problems.ts'
import { startServer } from '../../test/server.ts'

const on = { RATE_LIMITS: 'on' }
const server = await startServer(on)
after(() => server[Symbol.asyncDispose]())
const isShared = server.redis !== null

/** The answers to `times` calls that are made at once. */
function callOften(times: number, call: (number: number) => Promise<Answer>) {
  return Promise.all(Array.from({ length: times }, (_, number) => call(number)))
}
const allowed = (answers: Answer[]) => answers.filter(({ statusCode }) => statusCode < 300).length

const lists = ['', '/', '?q=a', '?label=', '?after=', '?limit=1']
const calls: Record<string, (person: Person, number: number) => Promise<Answer>> = {
  'first pages of lists': (person, number) =>
    person.get(`/api/contacts${lists[number % lists.length]}`),
  'new contacts': (person) => person.post('/api/contacts', { first_name: 'Grace' }),
  'refused new contacts': (person) => person.post('/api/contacts', {}),
}

describe('ten a minute', () => {
  for (const [what, call] of Object.entries(calls)) {
    it(`are the ${what} that one user may ask for, from wherever they come`, async () => {
      const ada = await signUp(server)
      const answers = await callOften(10, (number) => call(ada, number))
      for (const { statusCode, headers } of answers) {
        assert.notEqual(statusCode, 429)
        assert.match(String(headers['ratelimit-policy']), /;q=10;w=60$/)
        assert.match(String(headers['ratelimit']), /;r=\d+;t=\d+$/)
      }

      const refused = await call(ada, 10)
      expectProblem(refused, 429, 'rate_limited')
      const wait = Number(refused.headers['retry-after'])
      assert.ok(wait >= 1 && wait <= 60)
      assert.match(String(refused.headers['ratelimit']), new RegExp(`;r=0;t=${wait}$`))
      expectProblem(await call(from(nextAddress(), ada), 11), 429, 'rate_limited')
      expectProblem(await call(await logIn(server, ada), 12), 429, 'rate_limited')

      const eve = await signUp(server)
      assert.notEqual((await call(eve, 0)).statusCode, 429)
    })
  }

  it('count lists and new contacts apart, and other calls not at all', async () => {
    const ada = await signUp(server)
    assert.equal(allowed(await callOften(11, () => ada.get('/api/contacts?q=a'))), 10)
    const made = await callOften(11, () => ada.post('/api/contacts', { first_name: 'Grace' }))
    assert.equal(allowed(made), 10)
    const { location } = made.find(({ statusCode }) => statusCode === 201)?.headers ?? {}
    const reads = await callOften(30, (number) =>
      ada.get(number % 2 ? '/api/contacts/birthdays' : String(location)),
    )
    assert.equal(allowed(reads), 30)
  })

  it('do not hold up who reads a whole book, or searches at every key', async () => {
    const settings = { RATE_LIMIT_CONTACTS: '45/1h' }
    await using server = await startServer({ ...on, ...settings })
    const ada = await signUp(server)
    for (const phone of ['1', '2', '3']) await ada.post('/api/contacts', { phone })
    const first = await ada.get('/api/contacts?limit=1')
    const [, next = ''] = /<([^>]+)>/.exec(String(first.headers.link)) ?? []
    assert.equal(allowed(await callOften(20, () => ada.get(next))), 20)
    assert.equal(allowed(await callOften(25, () => ada.get('/api/contacts/search?q=1'))), 25)
    // Both count into the limit of all other calls.
    for (const url of [next, '/api/contacts/search', '/api/contacts/birthdays']) {
      const refused = await ada.get(url)
      expectProblem(refused, 429, 'rate_limited')
      assert.match(String(refused.headers['ratelimit-policy']), /^"contacts";q=45;w=3600$/)
    }
    expectStatus(await ada.get('/api/contacts'), 200)
  })

  const skip = isShared ? false : 'this pass has no PostgreSQL and Redis to share'
  it('hold in all processes on one database and Redis', { skip }, async () => {
    await using second = await startServer(server.settings)
    const ada = await signUp(server)
    const headers = { authorization: `Bearer ${ada.tokens.access_token}` }
    const answers = await callOften(
      24,
      (number) =>
        [server, second][number % 2]?.inject({ method: 'GET', url: '/api/contacts', headers }) ??
        assert.fail(),
    )
    assert.equal(allowed(answers), 10)
  })

  it('can be set otherwise', async () => {
    const settings = { RATE_LIMIT_CONTACTS_LIST: '2/2h', RATE_LIMIT_CONTACTS: '3/1h' }
    await using server = await startServer({ ...on, ...settings })
    const ada = await signUp(server)
    const first = await callOften(3, () => ada.get('/api/contacts'))
    assert.equal(allowed(first), 2)
    assert.equal(allowed(await callOften(5, () => ada.get('/api/contacts/birthdays'))), 3)
    const refused = first.find(({ statusCode }) => statusCode === 429)
    assert.match(String(refused?.headers['ratelimit-policy']), /;q=2;w=7200$/)
  })

  it('count only requests of the user: a forged token uses up nobody’s calls', async () => {
    const ada = await signUp(server)
    const headers = { authorization: `Bearer ${ada.tokens.access_token.slice(0, -3)}abc` }
    await callOften(20, () => ada.get('/api/contacts', headers))
    expectStatus(await ada.get('/api/contacts'), 200)
  })
})

/** The same person at another address, with a forged X-Forwarded-For. */
function from(remoteAddress: string, person: Person): Person {
  const headers = {
    authorization: `Bearer ${person.tokens.access_token}`,
    'x-forwarded-for': '::1',
  }
  return {
    ...person,
    get: (url) => server.inject({ method: 'GET', url, headers, remoteAddress }),
    post: (url, payload = {}) =>
      server.inject({ method: 'POST', url, headers, remoteAddress, payload }),
  }
}
