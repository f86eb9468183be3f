import assert from 'node:assert/strict'
import { it } from 'node:test'
import pg from 'pg'
import { signUp } from './people.ts'
import { startPostgres } from './postgres.ts'
import { startServerProcess } from './server-process.ts'
import { until } from './until.ts'
import { everyoneHasMail, expectAll, newLedger, writeMany } from './writers.ts'

const durable = { fsync: 'on', full_page_writes: 'on' }
const killAfterAnswers = [20, 60]

it('has every answered write after PostgreSQL was killed', async () => {
  await using postgres = await startPostgres(durable)
  const url = postgres.url('postgres')
  await using server = await startServerProcess({ DATABASE_URL: url, REDIS_URL: '' })
  const owner = await signUp(server)
  const ledger = newLedger()

  for (const limit of killAfterAnswers) {
    let restarted: Promise<void> | undefined
    let isBack = false
    await writeMany(server, owner, ledger, (answers) => {
      if (answers === limit) restarted = killAndRestart().then(() => void (isBack = true))
      // Some more after it is back, by the same process.
      return answers < limit + 30 || !isBack
    })
    await restarted
    await expectAll(owner, ledger)
  }

  assert.ok(ledger.refusals > 0)
  await until('a mail to each who signed up', () => everyoneHasMail(server, ledger), 120_000)
  const log = server.output()
  assert.equal(log.match(/the database is away/g)?.length, killAfterAnswers.length, log)
  assert.equal(log.match(/the database is back/g)?.length, killAfterAnswers.length, log)

  async function killAndRestart() {
    process.kill(await postmasterOf(url), 'SIGKILL')
    await postgres.stop()
    await postgres.start()
  }
})

async function postmasterOf(url: string): Promise<number> {
  const client = new pg.Client(url)
  await client.connect()
  const { rows } = await client.query<{ pid: number }>(
    "select split_part(pg_read_file('postmaster.pid'), e'\\n', 1)::integer as pid",
  )
  await client.end()
  return rows[0]?.pid ?? NaN
}
