import assert from 'node:assert/strict'
import { after, it } from 'node:test'
import { enqueueMail } from '../src/accounts/mails/outbox.ts'
import { inTransaction } from '../src/db/database.ts'
import { expectStatus, newAccount, signUp } from './people.ts'
import { startProxy } from './proxy.ts'
import { startServer } from './server.ts'
import { startSmtp } from './smtp.ts'
import { until } from './until.ts'

const smtp = await startSmtp()
const proxy = await startProxy(smtp.url)
const server = await startServer({ SMTP_URL: proxy.url })
after(async () => {
  await server[Symbol.asyncDispose]()
  await proxy[Symbol.asyncDispose]()
  await smtp[Symbol.asyncDispose]()
})
const { db, jobs, database } = server.services
const { pool } = database
const door = { inject: server.inject, mailbox: smtp.mailbox }

// After 1, 2, 4 … 60 seconds, and then every minute.
const attemptsInAnHour = 65

/** Makes the next attempt of every mail due now, as if the time until then had passed. */
async function hurry() {
  await pool.query("update pgboss.job set start_after = now() where state = 'retry'")
  // The worker is woken by a new job; this one is dropped, since nobody has this address.
  const { email } = newAccount()
  await enqueueMail(jobs, db, { kind: 'confirm_email', email, requestedAt: new Date().toJSON() })
}

/** The least number of attempts of any waiting mail; 0 while one is being sent. */
async function leastAttempts(): Promise<number> {
  const { rows } = await pool.query<{ least: number }>(`
    select min(case state when 'retry' then retry_count + 1 else 0 end) as least
    from pgboss.job where name = 'mail' and state < 'completed'`)
  return rows[0]?.least ?? 0
}

it('loses no mail while SMTP is down for an hour, and sends each once when it is back', async () => {
  const ada = await signUp(door)
  await proxy.cut()
  const accounts = [newAccount(), newAccount(), newAccount()]
  for (const payload of accounts) {
    expectStatus(await server.inject({ method: 'POST', url: '/api/auth/signup', payload }), 201)
  }
  const passwords = { current_password: ada.password, new_password: 'a quite different one' }
  expectStatus(await ada.post('/api/auth/change_password', passwords), 200)

  for (let attempts = 1; attempts <= attemptsInAnHour; attempts++) {
    await until('an attempt for each', async () => (await leastAttempts()) >= attempts)
    await hurry()
  }
  const complaints = server.logged.filter((line) => line.includes('mail could not be sent'))
  assert.equal(complaints.length, 1)

  await proxy.restore()
  await hurry()
  await server.jobsDone()
  for (const { email } of accounts) assert.equal((await smtp.mailbox.all(email)).length, 1)
  const toAda = await smtp.mailbox.all(ada.email)
  assert.equal(toAda.length, 2)
})

it('sends a mail that was refused for the time being', async () => {
  const account = newAccount()
  smtp.refuse('4.7.1 Greylisted, come back later')
  await server.inject({ method: 'POST', url: '/api/auth/signup', payload: account })
  await until('an attempt', async () => (await leastAttempts()) > 0)
  smtp.refuse(null)
  await hurry()
  await smtp.mailbox.next({ to: account.email })
  await server.jobsDone()
  assert.equal((await smtp.mailbox.all(account.email)).length, 1)
})

it('never sends the mail of a transaction that was rolled back', async () => {
  const { email } = newAccount()
  const at = new Date().toISOString()
  const work = inTransaction(db, async (trx) => {
    await enqueueMail(jobs, trx, { kind: 'account_deleted', email, username: 'Ada', at })
    throw new Error('changed my mind')
  })
  await assert.rejects(work, /changed my mind/)
  // A later mail, which is sent.
  await signUp(door)
  await server.jobsDone()
  assert.deepEqual(await smtp.mailbox.all(email), [])
})

it('sends one mail for a sign-up that was answered with a conflict the second time', async () => {
  const payload = newAccount()
  const signUpAgain = () => server.inject({ method: 'POST', url: '/api/auth/signup', payload })
  expectStatus(await signUpAgain(), 201)
  expectStatus(await signUpAgain(), 409)
  await server.jobsDone()
  assert.equal((await smtp.mailbox.all(payload.email)).length, 1)
})
