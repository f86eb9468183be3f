import assert from 'node:assert/strict'
import { it } from 'node:test'
import { signUp, type Door } from './people.ts'
import { startServerProcess } from './server-process.ts'
import { until } from './until.ts'
import { everyoneHasMail, expectAll, newLedger, writeMany } from './writers.ts'

const killAfterAnswers = [7, 40, 90]

it('has every answered write after it was killed in the middle of many, again and again', async () => {
  await using first = await startServerProcess()
  let server = first
  const door: Door = { inject: (call) => server.inject(call), mailbox: first.mailbox }
  const owner = await signUp(door)
  const ledger = newLedger()

  for (const limit of killAfterAnswers) {
    await writeMany(door, owner, ledger, (answers) => {
      if (answers === limit) server.signal('SIGKILL')
      return true
    })
    await server.ended
    server = await startServerProcess(first.settings)
    await expectAll(owner, ledger)
  }

  assert.ok(ledger.accounts.length > 0)
  assert.equal(ledger.refusals, 0)
  // On PostgreSQL a mail that was under way is taken up when its heartbeat has stopped, after a minute at most.
  await until('a mail to each who signed up', () => everyoneHasMail(door, ledger), 120_000)
  await server.end('SIGTERM')
})
