import assert from 'node:assert/strict'
import { it } from 'node:test'
import { addContact } from '../../test/contacts.ts'
import { addLabel, labelsOf } from '../../test/labels.ts'
import { signUp, type Door } from '../../test/people.ts'
import { startServerProcess } from '../../test/server-process.ts'
import { until } from '../../test/until.ts'

const contacts = 400
const atOnce = 20

it('renames a label on all its contacts, also when killed in the middle of it', async () => {
  await using first = await startServerProcess()
  let server = first
  const door: Door = { inject: (call) => server.inject(call), mailbox: first.mailbox }
  const ada = await signUp(door)
  const id = await addLabel(ada, 'Friends')
  const add = (name: string) => addContact(ada, { first_name: name, label_ids: [id] })
  for (let round = 0; round < contacts / atOnce; round++) {
    await Promise.all(Array.from({ length: atOnce }, (_, number) => add(`Bob ${round}.${number}`)))
  }
  const found = async (word: string) =>
    Number((await ada.get(`/api/contacts?limit=1&q=${word}`)).headers['x-total-count'])
  assert.equal(await found('friends'), contacts)

  const renaming = ada.patch(`/api/labels/${id}`, { name: 'Pals' }).catch(() => null)
  await until('the first contacts to be changed', async () => (await found('pals')) > 0)
  server.signal('SIGKILL')
  await server.ended
  await renaming

  server = await startServerProcess(first.settings)
  const [label] = await labelsOf(ada)
  assert.deepEqual([label?.name, label?.contacts], ['Pals', contacts])
  // On PostgreSQL, an interrupted job is resumed once its heartbeat has stopped, after a minute at most.
  await until('all to be changed', async () => (await found('pals')) === contacts, 120_000)
  assert.equal(await found('friends'), 0)
  await server.end('SIGTERM')
})
