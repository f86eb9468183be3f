import assert from 'node:assert/strict'
import { after, describe, it } from 'node:test'
import { changesOf } from '../../test/changes.ts'
import { addContact } from '../../test/contacts.ts'
import { listen } from '../../test/events.ts'
import { byToken, expectStatus, logIn, signUp } from '../../test/people.ts'
import { expectProblem, expectRefused } from '../../test/problems.ts'
import { startServer } from '../../test/server.ts'

const server = await startServer({}, { listen: true })
after(() => server[Symbol.asyncDispose]())

describe('the events of a book', () => {
  it('come at once for what was changed before, and soon for what is changed then', async () => {
    const ada = await signUp(server)
    const { next: since } = await changesOf(ada)
    await addContact(ada)
    const { next } = await changesOf(ada)
    using listener = await listen(server.url, ada, since)
    assert.equal((await listener.tokens.next()).value, next)
    const id = await addContact(ada)
    const token = (await listener.tokens.next()).value
    assert.equal(token, (await changesOf(ada)).next)
    expectStatus(await ada.delete(`/api/contacts/${id}`), 204)
    assert.equal((await listener.tokens.next()).value, (await changesOf(ada)).next)
  })

  it('come to nobody else', async () => {
    const [ada, eve] = [await signUp(server), await signUp(server)]
    const { next } = await changesOf(eve)
    using unconcerned = await listen(server.url, eve, next)
    await addContact(ada)
    await addContact(eve)
    assert.equal((await unconcerned.tokens.next()).value, (await changesOf(eve)).next)
  })

  it('end with the session', async () => {
    const ada = await signUp(server)
    const phone = await logIn(server, ada)
    const { next } = await changesOf(ada)
    using listener = await listen(server.url, phone, next)
    expectStatus(await phone.post('/api/auth/logout'), 204)
    assert.equal((await listener.tokens.next()).done, true)
  })

  it('end with the API token', async () => {
    const ada = await signUp(server)
    const script = await byToken(server, ada)
    const { next } = await changesOf(script)
    using listener = await listen(server.url, script, next)
    await addContact(ada)
    assert.equal((await listener.tokens.next()).value, (await changesOf(script)).next)
    expectStatus(await ada.delete(`/api/users/me/tokens/${script.id}`), 204)
    assert.equal((await listener.tokens.next()).done, true)
  })

  it('end for the oldest stream of more than ten', async () => {
    const ada = await signUp(server)
    const { next } = await changesOf(ada)
    using stack = new DisposableStack()
    const streams = []
    for (let count = 0; count < 11; count++)
      streams.push(stack.use(await listen(server.url, ada, next)))
    const [oldest, ...others] = streams
    assert.equal((await oldest?.tokens.next())?.done, true)
    await addContact(ada)
    const { next: now } = await changesOf(ada)
    for (const { tokens } of others) assert.equal((await tokens.next()).value, now)
  })

  it('take a token of the own book', async () => {
    const [ada, eve] = [await signUp(server), await signUp(server)]
    await addContact(eve)
    const { next } = await changesOf(ada)
    for (const token of ['', 'x']) {
      expectRefused(await ada.get(`/api/changes/events?since=${token}`), '/since')
    }
    const answer = await eve.get(`/api/changes/events?since=${next}`)
    expectProblem(answer, 410, 'sync_token_expired')
  })
})
