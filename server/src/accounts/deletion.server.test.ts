import assert from 'node:assert/strict'
import { after, describe, it } from 'node:test'
import { claimsOf } from '../../test/jwt.ts'
import { tokenIn } from '../../test/mailbox.ts'
import { whileChecking } from '../../test/meanwhile.ts'
import { expectStatus, logIn, newAccount, signUp, type Person } from '../../test/people.ts'
import { expectProblem, expectRefused } from '../../test/problems.ts'
import { startServer } from '../../test/server.ts'

const server = await startServer()
after(() => server[Symbol.asyncDispose]())

const url = '/api/users/me'

/** How many rows of any table name this user. */
async function rowsOf(userId: unknown) {
  const { rows } = await server.services.database.pool.query(
    `select (select count(*) from users where id = $1)
      + (select count(*) from sessions where user_id = $1)
      + (select count(*) from mailed_tokens where user_id = $1)
      + (select count(*) from security_events where user_id = $1)
      + (select count(*) from user_emails where user_id = $1)
      + (select count(*) from user_secrets where user_id = $1)
      + (select count(*) from access_keys where user_id = $1)
      + (select count(*) from email_changes where user_id = $1)
      + (select count(*) from calendars where user_id = $1)
      + (select count(*) from owners where id = $1)
      + (select count(*) from duplicate_books where owner_id = $1)
      + (select count(*) from duplicate_keys where owner_id = $1)
      + (select count(*) from contacts where owner_id = $1) as rows`,
    [userId],
  )
  return Number(rows[0].rows)
}

function resetPassword(token: string, password: string) {
  const payload = { token, password }
  return server.inject({ method: 'POST', url: '/api/auth/reset_password', payload })
}

async function mailedReset({ email }: Person) {
  await server.inject({ method: 'POST', url: '/api/auth/forgot_password', payload: { email } })
  return tokenIn(await server.mailbox.next({ to: email, subject: /^Set a new/ }))
}

describe('DELETE /api/users/me', () => {
  it('leaves nothing of the user, says goodbye, and frees the address', async () => {
    const laptop = await signUp(server)
    const phone = await logIn(server, laptop)
    const token = await mailedReset(laptop)
    const userId = claimsOf(laptop.tokens.access_token)['sub']
    const mary = { first_name: 'Mary', email: 'mary@example.org' }
    expectStatus(await laptop.post('/api/contacts', mary), 201)
    expectStatus(await laptop.get('/api/duplicates'), 200)
    expectStatus(await laptop.post('/api/users/me/calendar'), 201)
    const wanted = { name: 'Script', scope: 'read_only' }
    for (const path of ['tokens', 'app-passwords']) {
      expectStatus(await laptop.post(`/api/users/me/${path}`, wanted), 201)
    }
    const change = { email: newAccount().email, current_password: laptop.password }
    expectStatus(await laptop.post('/api/users/me/email', change), 202)
    for (const subject of [/new API token/, /new app password/, /is to get another/]) {
      await server.mailbox.next({ to: laptop.email, subject })
    }
    expectStatus(await phone.get(url), 200)
    assert.ok((await rowsOf(userId)) > 14)
    const answer = await laptop.delete(url, { password: laptop.password })

    expectStatus(answer, 204)
    assert.equal(answer.body, '')
    assert.equal(await rowsOf(userId), 0)
    for (const device of [laptop, phone]) {
      expectProblem(await device.get(url), 401, 'invalid_token')
      expectProblem(await device.get('/api/contacts'), 401, 'invalid_token')
      const headers = { authorization: `Bearer ${device.tokens.refresh_token}` }
      const refresh = { method: 'POST', url: '/api/auth/refresh_token', headers } as const
      expectProblem(await server.inject(refresh), 401, 'invalid_token')
    }
    expectProblem(await resetPassword(token, 'a brand new password'), 400, 'invalid_reset_token')
    const { email, password } = laptop
    const login = { method: 'POST', url: '/api/auth/login', payload: { email, password } } as const
    expectProblem(await server.inject(login), 401, 'invalid_login')
    await server.mailbox.next({ to: email, subject: /deleted/ })

    const again = await signUp(server, { email })
    assert.notEqual(claimsOf(again.tokens.access_token)['sub'], userId)
    assert.deepEqual((await again.get('/api/contacts')).json(), [])
    expectProblem(await laptop.get(url), 401, 'invalid_token')
  })

  it('asks for the password once more', async () => {
    const ada = await signUp(server)

    expectProblem(await ada.delete(url, { password: 'not the password' }), 403, 'wrong_password')
    expectRefused(await ada.delete(url, {}), '/password')
    expectRefused(await ada.delete(url, { password: null }), '/password')
    expectRefused(await ada.delete(url, { password: ada.password, id: 'x' }), '/id')
    expectProblem(await ada.delete(url), 422, 'validation_failed')
    expectStatus(await ada.get(url), 200)
  })

  it('is done once of many at the same time', async () => {
    const ada = await signUp(server)
    const answers = await Promise.all(
      Array.from({ length: 5 }, () => ada.delete(url, { password: ada.password })),
    )

    const statuses = answers.map(({ statusCode }) => statusCode)
    assert.equal(statuses.filter((status) => status === 204).length, 1, statuses.join())
    for (const status of statuses) assert.ok([204, 401, 403].includes(status))
    await server.jobsDone()
    const mails = await server.mailbox.all(ada.email)
    assert.equal(mails.filter((mail) => /deleted/.test(mail.subject ?? '')).length, 1)
  })

  it('does not happen by an old password when a reset overtakes its check', async () => {
    const thief = await signUp(server)
    const token = await mailedReset(thief)
    const password = "the owner's new password"
    whileChecking(server, async () => expectStatus(await resetPassword(token, password), 200))

    expectProblem(await thief.delete(url, { password: thief.password }), 403, 'wrong_password')
    await logIn(server, { ...thief, password })
  })

  it('leaves no session of a login at the same time', async () => {
    for (let round = 0; round < 5; round++) {
      const ada = await signUp(server)
      const { email, password } = ada
      const [deleted, login] = await Promise.all([
        ada.delete(url, { password }),
        server.inject({ method: 'POST', url: '/api/auth/login', payload: { email, password } }),
      ])

      expectStatus(deleted, 204)
      assert.ok([200, 401].includes(login.statusCode), login.body)
      if (login.statusCode === 401) continue
      const headers = { authorization: `Bearer ${login.json().access_token}` }
      expectProblem(await server.inject({ method: 'GET', url, headers }), 401, 'invalid_token')
    }
  })

  it('is not undone by a confirmation at the same time', async () => {
    const account = newAccount()
    await server.inject({ method: 'POST', url: '/api/auth/signup', payload: account })
    const token = tokenIn(await server.mailbox.next({ to: account.email }))
    const confirm = () =>
      server.inject({ method: 'GET', url: `/api/auth/confirmed_email/${token}` })
    expectStatus(await confirm(), 200)
    const ada = await logIn(server, account)
    const [deleted, ...confirmed] = await Promise.all([
      ada.delete(url, { password: ada.password }),
      confirm(),
      confirm(),
    ])

    expectStatus(deleted, 204)
    for (const { statusCode } of confirmed) assert.ok([200, 400].includes(statusCode))
    expectProblem(await confirm(), 400, 'verification_error')
    assert.equal(await rowsOf(claimsOf(ada.tokens.access_token)['sub']), 0)
  })
})
