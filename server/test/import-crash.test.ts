import assert from 'node:assert/strict'
import { it } from 'node:test'
import { countsOf, finished, importFile } from './imports.ts'
import { expectStatus, readJson, signUp, type Door } from './people.ts'
import { startServerProcess } from './server-process.ts'
import { until } from './until.ts'

const total = 2_000
const killAt = [150, 800]

// Large enough for a thread of its own.
function cardOf(number: number, note: string): string {
  return `BEGIN:VCARD\r\nVERSION:3.0\r\nUID:u${number}\r\nFN:Person ${number}\r\nNOTE:${note.repeat(50)}\r\nEND:VCARD\r\n`
}

function fileOf(note: string): string {
  return Array.from({ length: total }, (_, number) => cardOf(number, note)).join('')
}

// On PostgreSQL the code is the same, but an interrupted job is resumed only after its heartbeat.
it('goes on with an import, and with undoing it, after it was killed, and doubles nothing', async () => {
  await using first = await startServerProcess()
  let server = first
  const door: Door = { inject: (call) => server.inject(call), mailbox: first.mailbox }
  const owner = await signUp(door)
  const answer = await importFile(owner, fileOf('one'))
  expectStatus(answer, 202)
  const url = `/api/imports/${answer.json().id}`
  const killWhen = async (what: string, isTime: (row: Row) => boolean) => {
    await until(what, async () => isTime(await readJson(owner, url)), 90_000)
    server.signal('SIGKILL')
    await server.ended
    server = await startServerProcess(first.settings)
  }

  for (const limit of killAt) {
    await killWhen('some to be done', ({ done, state }) => done >= limit || state === 'done')
    // The progress and the entries are committed together.
    const { created, done } = await readJson<Row>(owner, url)
    assert.equal(created, done)
    const contacts = await owner.get('/api/contacts?limit=1')
    expectStatus(contacts, 200)
    assert.ok(Number(contacts.headers['x-total-count']) >= created)
  }
  const done = await finished(owner, answer, 90_000)
  assert.deepEqual(countsOf(done), { created: total, updated: 0, same: 0, failed: 0 })
  assert.equal((await owner.get('/api/export')).body, fileOf('one'))

  expectStatus(await owner.delete(url), 202)
  await killWhen('some to be undone', () => true)
  const undone = await finished(owner, answer, 90_000)
  assert.deepEqual([undone.state, undone.kept], ['undone', 0])
  assert.equal((await owner.get('/api/export')).body, '')
  const trash = await owner.get('/api/trash?limit=1')
  assert.equal(Number(trash.headers['x-total-count']), total)
  await server.end('SIGTERM')
})

it('leaves off an import when it is told to stop, and goes on when it starts again', async () => {
  await using first = await startServerProcess()
  let server = first
  const door: Door = { inject: (call) => server.inject(call), mailbox: first.mailbox }
  const owner = await signUp(door)
  const answer = await importFile(owner, fileOf('one'))
  expectStatus(answer, 202)
  await server.end('SIGTERM')
  assert.doesNotMatch(first.output(), /took too long/)
  server = await startServerProcess(first.settings)
  const { done: left } = await readJson<Row>(owner, `/api/imports/${answer.json().id}`)
  assert.ok(left < total, `${left} were imported before it stopped`)
  const done = await finished(owner, answer, 90_000)
  assert.equal(done.created, total)
  await server.end('SIGTERM')
})

type Row = { done: number; created: number; state: string }
