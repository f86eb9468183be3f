import assert from 'node:assert/strict'
import { it } from 'node:test'
import { signUp } from './people.ts'
import { findBaseBackup, startPostgres, startStandby } from './postgres.ts'
import { startServerProcess } from './server-process.ts'
import { until } from './until.ts'
import { expectAll, newLedger, writeMany } from './writers.ts'

const skip = findBaseBackup() ? false : 'there is no pg_basebackup'

it(
  'goes on with the standby that was promoted, and has every answered write',
  { skip },
  async () => {
    await using primary = await startPostgres()
    await using standby = await startStandby(primary)
    const [one, other] = [primary, standby].map((cluster) => new URL(cluster.url('postgres')).host)
    await using server = await startServerProcess({
      // The standby first: the order of the hosts says nothing about which one writes.
      DATABASE_URL: `postgres://postgres@${other},${one}/postgres?target_session_attrs=read-write`,
      REDIS_URL: '',
    })
    const owner = await signUp(server)
    const ledger = newLedger()
    const takenOver = { begun: false, isOver: false, answersThen: 0 }

    await writeMany(server, owner, ledger, (answers) => {
      if (answers >= 60 && !takenOver.begun) void takeOver(answers)
      return !takenOver.isOver || answers < takenOver.answersThen + 60
    })

    await expectAll(owner, ledger)
    assert.ok(ledger.refusals > 0)
    const isReady = async () => (await server.inject({ method: 'GET', url: '/readyz' })).statusCode
    await until('the server to be ready', async () => (await isReady()) === 200)
    const log = server.output()
    assert.equal(log.match(/the database is away/g)?.length, 1, log)
    assert.equal(log.match(/the database is back/g)?.length, 1, log)

    async function takeOver(answers: number) {
      takenOver.begun = true
      await primary.stop('SIGQUIT')
      // A standby that takes over in a few milliseconds leaves no outage that the log could mention.
      await until('the outage in the log', () => server.output().includes('the database is away'))
      await standby.promote()
      takenOver.answersThen = answers
      takenOver.isOver = true
    }
  },
)
