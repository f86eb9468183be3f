import assert from 'node:assert/strict'
import { randomUUID, randomUUIDv7 } from 'node:crypto'
import { it } from 'node:test'
import { outcomesOf, sendBatch } from '../../test/batch.ts'
import { changesOf } from '../../test/changes.ts'
import { historyOf, readContact } from '../../test/contacts.ts'
import { signUp, type Door } from '../../test/people.ts'
import { startServerProcess } from '../../test/server-process.ts'
import { until } from '../../test/until.ts'

const count = 250

/** Each creates a contact and changes it at once, so that half of that would be seen. */
function newOperations(round: number) {
  const ids = Array.from({ length: count }, () => randomUUIDv7())
  const operations = ids.flatMap((id) => [
    {
      operation: 'create',
      op_id: randomUUID(),
      id,
      contact: { first_name: `Person ${round}`, company: 'Engines' },
    },
    { operation: 'patch', op_id: randomUUID(), id, patch: { nickname: 'Countess' } },
  ])
  return { ids, operations }
}

it('does each operation once, though it is killed in the middle and the batch sent again', async () => {
  await using first = await startServerProcess()
  let server = first
  const door: Door = { inject: (call) => server.inject(call), mailbox: first.mailbox }
  const ada = await signUp(door)
  let interrupted = 0
  for (const round of [1, 2]) {
    const { ids, operations } = newOperations(round)
    const { total: before } = await changesOf(ada, '', '&limit=1')
    const seen = async () => (await changesOf(ada, '', '&limit=1')).total - before
    const sending = sendBatch(ada, ...operations).catch(() => null)
    await until('the first operations to be done', async () => (await seen()) > 0)
    server.signal('SIGKILL')
    await server.ended
    if ((await sending) === null) interrupted++

    server = await startServerProcess(first.settings)
    const done = await seen()
    assert.ok(done > 0 && done <= count)
    const answer = await sendBatch(ada, ...operations)
    assert.deepEqual(
      outcomesOf(answer.results),
      ids.flatMap(() => [201, 200]),
    )
    assert.equal(await seen(), count)
    for (const id of [ids[0] ?? '', ids.at(-1) ?? '']) {
      assert.equal((await readContact(ada, id)).nickname, 'Countess')
      const history = await historyOf(ada, id)
      assert.deepEqual(
        history.map(({ operation }) => operation),
        ['changed', 'created'],
      )
    }
    assert.deepEqual(await sendBatch(ada, ...operations), answer)
  }
  assert.ok(interrupted > 0, 'it was always over before it was killed')
  await server.end('SIGTERM')
})
