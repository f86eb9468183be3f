import assert from 'node:assert/strict'
import { randomBytes } from 'node:crypto'
import { after, before, describe, it } from 'node:test'
import { workOf } from '../../test/meanwhile.ts'
import {
  expectStatus,
  newAccount,
  nextAddress,
  signUp,
  type Answer,
  type Person,
} from '../../test/people.ts'
import { expectProblem } from '../../test/problems.ts'
import { startServer } from '../../test/server.ts'
import { makeSecret } from './access-keys/secret.ts'

const https = 'https://kith.example.org'
const server = await startServer({ RATE_LIMITS: 'on', PUBLIC_URL: https })
after(() => server[Symbol.asyncDispose]())

function post(url: string, payload: object, headers = {}) {
  return server.inject({ method: 'POST', url, payload, headers, remoteAddress: nextAddress() })
}

// Not the time of a request is compared, which depends on the machine, but the work that it causes.
describe('who has an account', () => {
  let asker: Person
  let confirmed: string
  let unconfirmed: string
  const nobody = newAccount().email

  before(async () => {
    asker = await signUp(server)
    confirmed = (await signUp(server)).email
    const account = newAccount()
    unconfirmed = account.email
    await post('/api/auth/signup', account)
    // With no job left, only requests use the database.
    await server.jobsDone()
    await server.services.jobs.stop()
  })

  it('cannot be told from a login', async () => {
    const password = 'not the password'
    const asking = (email: string) => () => post('/api/auth/login', { email, password })
    const answers = []
    for (const email of [confirmed, unconfirmed, nobody]) {
      answers.push(await asking(email)())
      const { checks, databaseCalls } = await workOf(server, asking(email))
      assert.deepEqual(checks, [false])
      assert.equal(databaseCalls, 2)
      const { database } = server.services
      database.isDistributed = async () => true
      const distributed = await workOf(server, asking(email))
      database.isDistributed = async () => false
      assert.deepEqual(distributed.checks, [false])
      assert.equal(distributed.databaseCalls, 3)
    }

    for (const answer of answers) {
      expectProblem(answer, 401, 'invalid_login', 'Invalid email or password')
      assert.equal(answer.headers['www-authenticate'], 'Bearer')
    }
    expectAlike(answers)
  })

  it('cannot be told from the login of a browser', async () => {
    const device = randomBytes(32).toString('base64url')
    const headers = { 'x-kith': '1', origin: https, cookie: `__Host-kith-device=${device}` }
    const payload = { password: 'not the password' }
    const asking = (email: string) => () =>
      post('/api/auth/browser/login', { ...payload, email }, headers)
    for (const email of [confirmed, unconfirmed, nobody]) {
      expectProblem(await asking(email)(), 401, 'invalid_login')
      const { checks, databaseCalls } = await workOf(server, asking(email))
      assert.deepEqual(checks, [false])
      assert.equal(databaseCalls, 3)
    }
  })

  it('cannot be told from an app password', async () => {
    const tried = (email: string) => async () => {
      const password = makeSecret('app_password')
      const authorization = `Basic ${Buffer.from(`${email}:${password}`).toString('base64')}`
      const headers = { authorization }
      const remoteAddress = nextAddress()
      return server.inject({ method: 'GET', url: '/dav/', headers, remoteAddress })
    }
    const answers = []
    for (const email of [confirmed, unconfirmed, nobody]) {
      answers.push(await tried(email)())
      const { databaseCalls } = await workOf(server, tried(email))
      assert.equal(databaseCalls, 2)
    }
    for (const answer of answers) expectStatus(answer, 401)
    expectAlike(answers)
  })

  it('cannot be told from asking for a mail', async () => {
    for (const url of ['/api/auth/request_email', '/api/auth/forgot_password']) {
      const answers = []
      for (const email of [confirmed, unconfirmed, nobody]) {
        answers.push(await post(url, { email }))
        const { databaseCalls } = await workOf(server, () => post(url, { email }))
        assert.equal(databaseCalls, 3, `${url} ${email}`)
      }
      expectAlike(answers)
    }
  })

  it('cannot be told from asking for its address', async () => {
    const answers = []
    for (const email of [confirmed, unconfirmed, nobody]) {
      const wanted = { email, current_password: asker.password }
      const ask = () => asker.post('/api/users/me/email', wanted)
      answers.push(await ask())
      const { checks, databaseCalls } = await workOf(server, ask)
      assert.deepEqual(checks, [true])
      assert.equal(databaseCalls, 4, email)
    }
    for (const answer of answers) expectStatus(answer, 202)
    expectAlike(answers, ['ratelimit'])
  })

  it('cannot be told from waiting after wrong passwords', async () => {
    const answers = []
    for (const email of [confirmed, nobody]) {
      let answer
      do answer = await post('/api/auth/login', { email, password: 'not the password' })
      while (answer.statusCode === 401)
      expectProblem(answer, 429, 'too_many_failures')
      answers.push(answer)
    }
    expectAlike(answers)
  })
})

/** Asserts equal answers, apart from the date and the id of the request. */
function expectAlike(answers: Answer[], except: string[] = []) {
  const seen = answers.map(({ statusCode, body, headers }) => {
    const { date: _date, ...others } = headers
    for (const name of except) delete others[name]
    return { statusCode, body: body.replace(/"instance":"[^"]*"/, ''), headers: others }
  })
  for (const one of seen) assert.deepEqual(one, seen[0])
}
