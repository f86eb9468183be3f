import assert from 'node:assert/strict'
import { after, describe, it } from 'node:test'
import { tokenIn } from '../../../test/mailbox.ts'
import { expectStatus, logIn, newAccount, signUp, type Person } from '../../../test/people.ts'
import { expectProblem, expectRefused } from '../../../test/problems.ts'
import { startServer } from '../../../test/server.ts'

const server = await startServer()
after(() => server[Symbol.asyncDispose]())
const path = '/api/users/me/email'

/** Asks for another address. @returns it, with the tokens of both mails */
async function askForChange(owner: Person, email = newAccount().email) {
  const answer = await owner.post(path, { email, current_password: owner.password })
  expectStatus(answer, 202)
  const [confirming, stopping] = await Promise.all([
    server.mailbox.next({ to: email, subject: /^Confirm your new/ }),
    server.mailbox.next({ to: owner.email, subject: /is to get another/ }),
  ])
  return { email, confirm: tokenIn(confirming), stop: tokenIn(stopping) }
}

function openPage(url: string) {
  return server.inject({ method: 'GET', url })
}

function press(url: string, token: string) {
  const headers = { 'content-type': 'application/x-www-form-urlencoded' }
  return server.inject({ method: 'POST', url, headers, payload: `token=${token}` })
}

async function emailOf(owner: Person): Promise<string> {
  return (await owner.get('/api/users/me')).json().email
}

function tryLogIn(email: string, password: string) {
  return server.inject({ method: 'POST', url: '/api/auth/login', payload: { email, password } })
}

describe('a change of the e-mail address', () => {
  it('happens with the button behind the link, and ends all other sessions', async () => {
    const laptop = await signUp(server)
    const phone = await logIn(server, laptop)
    const { email, confirm } = await askForChange(laptop)
    assert.equal(await emailOf(laptop), laptop.email)
    const page = await openPage(`/confirm/${confirm}`)
    expectStatus(page, 200)
    assert.ok(page.body.includes(email))
    assert.equal(await emailOf(laptop), laptop.email)

    expectStatus(await press('/confirm', confirm), 200)
    assert.equal(await emailOf(laptop), email)
    expectProblem(await phone.get('/api/users/me'), 401, 'invalid_token')
    expectProblem(await tryLogIn(laptop.email, laptop.password), 401, 'invalid_login')
    await logIn(server, { ...laptop, email })
    for (const again of [await press('/confirm', confirm), await openPage(`/confirm/${confirm}`)]) {
      expectStatus(again, 200)
      assert.match(again.body, /Already confirmed/)
    }
  })

  it('happens by the call of programs too, once', async () => {
    const ada = await signUp(server)
    const { email, confirm } = await askForChange(ada)
    const url = `/api/auth/confirmed_email/${confirm}`
    expectStatus(await server.inject({ method: 'HEAD', url }), 405)
    assert.equal(await emailOf(ada), ada.email)
    expectStatus(await openPage(url), 200)
    assert.equal(await emailOf(ada), email)
    const again = await openPage(url)
    expectStatus(again, 200)
    assert.equal(again.json().message, 'Your email is already confirmed')

    const next = await askForChange({ ...ada, email })
    expectStatus(await press('/confirm', next.confirm), 200)
    expectProblem(await openPage(url), 400, 'verification_error')
  })

  it('is answered alike where the address has an account, whose owner alone is told', async () => {
    const [ada, eve] = [await signUp(server), await signUp(server)]
    const ask = (email: string) => eve.post(path, { email, current_password: eve.password })
    const [taken, free] = [await ask(ada.email), await ask(newAccount().email)]
    expectStatus(taken, 202)
    assert.equal(taken.body, free.body)
    const names = (headers: object) => Object.keys(headers).sort()
    assert.deepEqual(names(taken.headers), names(free.headers))

    await ask(ada.email)
    const mail = await server.mailbox.next({ to: ada.email, subject: /asked for your e-mail/ })
    assert.doesNotMatch(mail.text ?? '', /[\w-]{43}/)
    assert.ok(!mail.text?.includes(eve.email))
    assert.equal(await emailOf(ada), ada.email)
    assert.equal(await emailOf(eve), eve.email)
  })

  it('fails when somebody signs up with the address in between', async () => {
    const ada = await signUp(server)
    const { email, confirm } = await askForChange(ada)
    await signUp(server, { email })
    expectStatus(await press('/confirm', confirm), 400)
    assert.equal(await emailOf(ada), ada.email)
  })

  it('of two accounts to one address is made for one of them', async () => {
    const people = [await signUp(server), await signUp(server)]
    const email = newAccount().email
    const links = []
    for (const person of people) links.push((await askForChange(person, email)).confirm)
    const answers = await Promise.all(links.map((link) => press('/confirm', link)))

    const statuses = answers.map(({ statusCode }) => statusCode)
    assert.deepEqual(
      statuses.toSorted((a, b) => a - b),
      [200, 400],
    )
    const winner = people[statuses.indexOf(200)]
    const loser = people[statuses.indexOf(400)]
    assert.ok(winner && loser)
    assert.equal(await emailOf(await logIn(server, { ...winner, email })), email)
    assert.equal(await emailOf(await logIn(server, loser)), loser.email)
    expectProblem(await tryLogIn(winner.email, winner.password), 401, 'invalid_login')
    await signUp(server, { email: winner.email, username: 'Next' })
  })

  it('may be one of its case alone', async () => {
    const ada = await signUp(server)
    const email = ada.email.replace(/^[^@]+/, (local) => local.toUpperCase())
    assert.notEqual(email, ada.email)
    const { confirm } = await askForChange(ada, email)
    expectStatus(await press('/confirm', confirm), 200)
    assert.equal(await emailOf(await logIn(server, ada)), email)
    const payload = newAccount({ email: ada.email })
    const again = await server.inject({ method: 'POST', url: '/api/auth/signup', payload })
    expectProblem(again, 409, 'account_exists')
  })

  it('takes the password, and an address', async () => {
    const ada = await signUp(server)
    const { email } = newAccount()
    const wrong = await ada.post(path, { email, current_password: 'a wrong password' })
    expectProblem(wrong, 403, 'wrong_password')
    expectRefused(await ada.post(path, { email: 'ada', current_password: ada.password }), '/email')
    expectRefused(await ada.post(path, { email }), '/current_password')
    await server.jobsDone()
    assert.deepEqual(await server.mailbox.all(email), [])
  })

  it('asked for again makes the link before void', async () => {
    const ada = await signUp(server)
    const first = await askForChange(ada)
    const second = await askForChange(ada)
    expectStatus(await press('/confirm', first.confirm), 400)
    expectStatus(await press('/confirm', second.confirm), 200)
    assert.equal(await emailOf(ada), second.email)
  })

  it('is over with the password of who asked, whether its mail is written or not', async () => {
    const ada = await signUp(server)
    const { confirm } = await askForChange(ada)
    const change = { current_password: ada.password, new_password: 'a brand new password' }
    expectStatus(await ada.post('/api/auth/change_password', change), 200)
    expectStatus(await press('/confirm', confirm), 400)
    assert.equal(await emailOf(ada), ada.email)
    const { pool } = server.services.database
    // Without it, no mail is written.
    const { rows } = await pool.query(
      'select 1 from email_changes join users on users.id = user_id where users.email = $1',
      [ada.email],
    )
    assert.deepEqual(rows, [])
  })

  it('opens no other door with its tokens', async () => {
    const ada = await signUp(server)
    const { confirm, stop } = await askForChange(ada)
    for (const token of [confirm, stop]) {
      const payload = { token, password: 'a brand new password' }
      const reset = { method: 'POST', url: '/api/auth/reset_password', payload } as const
      expectProblem(await server.inject(reset), 400, 'invalid_reset_token')
    }
    expectStatus(await press('/confirm', stop), 400)
    expectStatus(await press('/keep-email', confirm), 400)
    assert.equal(await emailOf(ada), ada.email)
  })
})

describe('the notice to the old address', () => {
  it('stops a change that waits', async () => {
    const ada = await signUp(server)
    const { confirm, stop } = await askForChange(ada)
    expectStatus(await openPage(`/keep-email/${stop}`), 200)
    const kept = await press('/keep-email', stop)
    expectStatus(kept, 200)
    assert.match(kept.body, /keeps its address/)
    expectStatus(await press('/confirm', confirm), 400)
    assert.equal(await emailOf(ada), ada.email)
    expectStatus(await press('/keep-email', stop), 400)
    expectStatus(await openPage(`/keep-email/${stop}`), 400)
  })

  it('comes with every change, and the older one works too', async () => {
    const ada = await signUp(server)
    const first = await askForChange(ada)
    expectStatus(await press('/confirm', first.confirm), 200)
    const second = await askForChange({ ...ada, email: first.email })
    expectStatus(await press('/confirm', second.confirm), 200)
    assert.equal(await emailOf(ada), second.email)

    expectStatus(await press('/keep-email', second.stop), 200)
    const between = await logIn(server, { ...ada, email: first.email })
    assert.equal(await emailOf(between), first.email)
    expectStatus(await press('/keep-email', first.stop), 200)
    assert.equal(await emailOf(await logIn(server, ada)), ada.email)
  })

  it('ends the way back to addresses that the account got later', async () => {
    const ada = await signUp(server)
    const first = await askForChange(ada)
    expectStatus(await press('/confirm', first.confirm), 200)
    const second = await askForChange({ ...ada, email: first.email })
    expectStatus(await press('/keep-email', first.stop), 200)
    expectStatus(await press('/keep-email', second.stop), 400)
    expectStatus(await press('/confirm', second.confirm), 400)
    assert.equal(await emailOf(await logIn(server, ada)), ada.email)
  })

  it('takes back a change that was made, and throws out who made it', async () => {
    const thief = await signUp(server)
    const { email, confirm, stop } = await askForChange(thief)
    const wanted = { name: 'Script', scope: 'read_write' }
    const { token } = (await thief.post('/api/users/me/tokens', wanted)).json()
    expectStatus(await press('/confirm', confirm), 200)
    // The new address can reset the password, which must not void the way back.
    const forgot = { method: 'POST', url: '/api/auth/forgot_password', payload: { email } } as const
    await server.inject(forgot)
    const reset = tokenIn(await server.mailbox.next({ to: email, subject: /^Set a new/ }))
    const payload = { token: reset, password: 'the thief’s password' }
    expectStatus(
      await server.inject({ method: 'POST', url: '/api/auth/reset_password', payload }),
      200,
    )
    const again = await logIn(server, { ...thief, email, password: payload.password })
    const answer = await again.post(path, {
      email: newAccount().email,
      current_password: payload.password,
    })
    expectStatus(answer, 202)
    await server.jobsDone()

    const kept = await press('/keep-email', stop)
    expectStatus(kept, 200)
    assert.match(kept.body, /old address again.*API token/)
    const notice = await server.mailbox.next({ to: thief.email, subject: /this address again/ })
    assert.match(notice.text ?? '', /API tokens and app passwords were ended/)
    expectProblem(await again.get('/api/users/me'), 401, 'invalid_token')
    const headers = { authorization: `Bearer ${token}` }
    const list = await server.inject({ method: 'GET', url: '/api/labels', headers })
    expectProblem(list, 401, 'invalid_token')
    const back = await logIn(server, { ...thief, password: payload.password })
    assert.equal(await emailOf(back), thief.email)
  })
})
