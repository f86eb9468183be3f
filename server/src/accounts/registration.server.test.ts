import assert from 'node:assert/strict'
import { after, describe, it } from 'node:test'
import { expectStatus, newAccount, nextAddress } from '../../test/people.ts'
import { expectProblem } from '../../test/problems.ts'
import { startServer, type TestServer } from '../../test/server.ts'
import { storeInvite } from './invites.ts'

const server = await startServer({ REGISTRATION: 'invite' })
after(() => server[Symbol.asyncDispose]())

function signUp(payload: object, door: TestServer = server) {
  const url = '/api/auth/signup'
  return door.inject({ method: 'POST', url, payload, remoteAddress: nextAddress() })
}

const invite = (email: string) => storeInvite(server.services.db, email)

describe('signing up where it takes an invite', () => {
  it('works once, for the address that was invited, in any spelling', async () => {
    const account = newAccount()
    const secret = await invite(account.email)
    const spelt = { ...account, email: account.email.toUpperCase(), invite: secret }
    expectStatus(await signUp(spelt), 201)
    expectProblem(await signUp({ ...account, invite: secret }), 422, 'invalid_invite')
  })

  it('is refused without one, naming the field', async () => {
    const answer = await signUp(newAccount())
    expectProblem(answer, 422, 'invite_required')
    assert.equal(answer.json().errors[0].pointer, '/invite')
  })

  it('is refused alike for one that is made up, replaced, expired, or another address’s', async () => {
    const { email } = newAccount()
    const replaced = await invite(email)
    const good = await invite(email)
    const expired = await invite('late@example.org')
    await server.services.database.write(
      `update invites set expires_at = now() where email = 'late@example.org'`,
      [],
    )
    const attempts = [
      { email, invite: 'made-up' },
      { email, invite: replaced },
      { email: 'late@example.org', invite: expired },
      { email: 'eve@example.org', invite: good },
    ]
    const bodies = new Set<string>()
    for (const attempt of attempts) {
      const answer = await signUp({ ...newAccount(), ...attempt })
      expectProblem(answer, 422, 'invalid_invite')
      const { instance: _, ...rest } = answer.json()
      assert.equal(rest.errors[0].pointer, '/invite')
      bodies.add(JSON.stringify(rest))
    }
    assert.equal(bodies.size, 1)
    expectStatus(await signUp({ ...newAccount(), email, invite: good }), 201)
  })

  it('says nothing of accounts to who has no invite for them', async () => {
    const account = newAccount()
    expectStatus(await signUp({ ...account, invite: await invite(account.email) }), 201)
    const mine = await invite('eve@example.org')
    for (const email of [account.email, 'nobody@example.org']) {
      expectProblem(await signUp({ ...account, email, invite: mine }), 422, 'invalid_invite')
      expectProblem(await signUp({ ...account, email }), 422, 'invite_required')
    }
    const again = { ...account, invite: await invite(account.email) }
    expectProblem(await signUp(again), 409, 'account_exists')
  })

  it('does not spend the invite on a sign-up that fails', async () => {
    const account = newAccount()
    const secret = await invite(account.email)
    const weak = await signUp({ ...account, password: 'password', invite: secret })
    expectProblem(weak, 422, 'validation_failed')
    expectStatus(await signUp({ ...account, invite: secret }), 201)
  })

  it('lets one of many at once through', async () => {
    const account = newAccount()
    const secret = await invite(account.email)
    const answers = await Promise.all(
      Array.from({ length: 8 }, () => signUp({ ...account, invite: secret })),
    )
    const made = answers.filter(({ statusCode }) => statusCode === 201)
    assert.equal(made.length, 1)
    for (const { statusCode } of answers) assert.ok([201, 409, 422].includes(statusCode))
  })

  it('keeps only a hash of the secret', async () => {
    const secret = await invite('ada@example.org')
    const { rows } = await server.services.database.pool.query(
      'select invites::text as text from invites',
    )
    assert.ok(rows.length > 0)
    for (const { text } of rows) assert.ok(!text.includes(secret))
  })
})

describe('signing up where it is closed', () => {
  it('is refused, whatever is sent', async () => {
    await using closed = await startServer({ REGISTRATION: 'closed' })
    const { db } = closed.services
    const account = newAccount()
    const invited = { ...account, invite: await storeInvite(db, account.email) }
    for (const payload of [account, invited, {}]) {
      expectProblem(await signUp(payload, closed), 403, 'registration_closed')
    }
  })
})

describe('signing up where it is open', () => {
  it('takes no notice of an invite', async () => {
    await using open = await startServer()
    expectStatus(await signUp({ ...newAccount(), invite: 'made-up' }, open), 201)
  })
})
