import assert from 'node:assert/strict'
import { it } from 'node:test'
import { v7 as uuid } from 'uuid'
import { contactsOf, trashOf } from '../../server/test/contacts.ts'
import { signUp, type Door } from '../../server/test/people.ts'
import { startServerProcess } from '../../server/test/server-process.ts'
import type { Change } from '../src/worker/calls.ts'
import { connect, openTab } from './tab.ts'

const each = 15

it('sends everything once, however often the server is killed while it is sent', async () => {
  await using first = await startServerProcess()
  await using later = new AsyncDisposableStack()
  let server = first
  const door: Door = { inject: (call) => server.inject(call), mailbox: first.mailbox }
  using network = connect(first)
  const owner = await signUp(door)
  await using tab = await openTab(owner)
  await tab.settle()

  for (const requests of [0, 1, 3]) {
    network.state = 'down'
    const changes = changesOf(await contactsOf(owner))
    for (const change of changes) await tab.edits.change([change])
    network.state = 'up'
    const sending = tab.account.syncing.now()
    for (let at = 0; at < requests; at++) await server.inject({ method: 'GET', url: '/livez' })
    server.signal('SIGKILL')
    await server.ended
    await sending
    server = later.use(await startServerProcess(first.settings))
    network.url = server.url
    await tab.settle()
    const [here, there] = [await tab.list(), await contactsOf(owner)]
    assert.deepEqual(here.toSorted(byId), there.toSorted(byId))
  }
  const names = (await contactsOf(owner)).map(({ first_name }) => first_name)
  assert.equal(names.length, 3 * each - 2)
  assert.equal(new Set(names).size, names.length)
  assert.equal((await trashOf(owner)).length, 2)
})

/** New contacts, an edit of every one that is there, and the deletion of the last of them. */
function changesOf(contacts: { id: string }[]): Change[] {
  const creates = Array.from({ length: each }, () => {
    const id = uuid()
    return { kind: 'create', id, contact: { first_name: `Ada ${id}` } } as const
  })
  const edits = contacts.map(({ id }) => {
    return { kind: 'patch', id, patch: { nickname: `of ${contacts.length}` } } as const
  })
  const last = contacts.at(-1)
  return [...creates, ...edits, ...(last ? [{ kind: 'delete', id: last.id } as const] : [])]
}

const byId = (one: { id: string }, other: { id: string }) => (one.id < other.id ? -1 : 1)
