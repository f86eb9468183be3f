import assert from 'node:assert/strict'
import { it } from 'node:test'
import type { ContactAnswer } from '../src/contacts/schema.ts'
import type { MergeAnswer } from '../src/merges/schema.ts'
import { contactsOf, trashOf } from './contacts.ts'
import { imported } from './imports.ts'
import { mergesOf } from './merges.ts'
import { expectStatus, signUp, type Answer, type Door } from './people.ts'
import { startServerProcess } from './server-process.ts'

const total = 21

function cardOf(number: number): string {
  const lines = [
    `UID:u${number}`,
    `FN:Ada ${number}`,
    `EMAIL:${number}@example.org`,
    `X-ODD:${number}`,
  ]
  return ['BEGIN:VCARD', 'VERSION:3.0', ...lines, 'END:VCARD', ''].join('\r\n')
}

const file = Array.from({ length: total }, (_, number) => cardOf(number)).join('')

it('merges all contacts or none, and undoes all of it or nothing, when it is killed meanwhile', async () => {
  await using first = await startServerProcess()
  let server = first
  const door: Door = { inject: (call) => server.inject(call), mailbox: first.mailbox }
  const owner = await signUp(door)
  await imported(owner, file)
  const exported = (await owner.get('/api/export')).body
  const [into, ...ids] = (await contactsOf(owner)).map(({ id }) => id)

  /** Kills the server while it answers, as many other requests later; it may have answered by then. */
  const killWhile = async (work: () => Promise<Answer>, requests: number) => {
    const answer = work().catch(() => undefined)
    for (let at = 0; at < requests; at++) await server.inject({ method: 'GET', url: '/livez' })
    server.signal('SIGKILL')
    await server.ended
    await answer
    server = await startServerProcess(first.settings)
  }
  /** Either all are one, or each is itself. @returns the merged contact */
  const expectAllOrNothing = async (): Promise<ContactAnswer | undefined> => {
    const [contacts, trash] = [await contactsOf(owner), await trashOf(owner)]
    const standing = (await mergesOf(owner)).filter(({ can_undo: canUndo }) => canUndo)
    assert.deepEqual(
      [contacts.length, trash.length, standing.length],
      contacts.length === 1 ? [1, total - 1, 1] : [total, 0, 0],
    )
    return contacts.length === 1 ? contacts[0] : undefined
  }

  for (const [round, requests] of [0, 1, 2].entries()) {
    const merge = () =>
      owner.post('/api/contacts/merge', { into, ids }, { 'idempotency-key': `merge ${round}` })
    await killWhile(merge, requests)
    await expectAllOrNothing()
    const answer = await merge()
    expectStatus(answer, 200)
    const merged = await expectAllOrNothing()
    assert.equal(merged?.emails.length, total)

    const undo = () => owner.post(`/api/merges/${answer.json<MergeAnswer>().merge_id}/undo`)
    await killWhile(undo, requests)
    const isUndone = (await expectAllOrNothing()) === undefined
    expectStatus(await undo(), isUndone ? 409 : 200)
    assert.equal(await expectAllOrNothing(), undefined)
    assert.equal((await owner.get('/api/export')).body, exported)
  }
  await server.end('SIGTERM')
})
