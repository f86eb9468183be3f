import assert from 'node:assert/strict'
import { mkdtempDisposable } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, describe, it } from 'node:test'
import { openDatabase, type OpenDatabase } from '../server/src/db/database.ts'
import { startEmbedded } from '../server/src/db/embedded/embedded.ts'
import { createLogger } from '../server/src/log.ts'
import { describeDataset } from './dataset.ts'
import { fillEmbedded } from './embedded-seed.ts'
import { contactId, idsPerUser } from './ids.ts'
import { pgbenchConstants, pgbenchScript } from './pgbench-script.ts'
import { parseSql, readSql, replaceParameters } from './sql.ts'

const dataset = describeDataset({ users: 3, contacts: 100, active: 3 })
const drawn = { user: 3, contact: 3 * idsPerUser + 42, complete: 3 * idsPerUser + 40, words: 1 }
const values = new Map(Object.entries({ ...drawn, ...pgbenchConstants(dataset) }))

const own = new Set(Array.from({ length: dataset.contacts }, (_, number) => contactId(3, number)))

describe('the scripts for pgbench', () => {
  const resources = new AsyncDisposableStack()
  let database: OpenDatabase
  before(async () => {
    const { path } = resources.use(await mkdtempDisposable(join(tmpdir(), 'kith-bench-')))
    await fillEmbedded(path, dataset)
    const log = createLogger('silent')
    const embedded = resources.use(await startEmbedded(path, log))
    database = resources.use(openDatabase(embedded.url(), log))
  })
  after(() => resources.disposeAsync())

  /** Runs the first statement that is not `begin`, as pgbench would with these numbers. */
  async function run(file: string) {
    const script = pgbenchScript(readSql(file)).replaceAll(/^\\set.*\n/gm, '')
    const statement = parseSql(script).find(({ text }) => text !== 'begin')
    assert.ok(statement)
    const sql = replaceParameters(statement, (name) => literal(values.get(name)))
    return (await database.pool.query<{ id: string }>(sql)).rows
  }

  for (const file of ['read', 'list', 'deep', 'search', 'birthdays']) {
    it(`find rows of the user they drew: ${file}`, async () => {
      const rows = await run(file)
      assert.ok(rows.length > 0)
      assert.ok(rows.every(({ id }) => own.has(id)))
    })
  }

  it('lock the very contact that they change', async () => {
    const rows = await run('update')
    assert.deepEqual(
      rows.map(({ id }) => id),
      [contactId(3, 40)],
    )
  })

  it('hide from pgbench what looks like a variable inside quotes', () => {
    const script = pgbenchScript(parseSql(`select to_char(t, 'HH24:MI') from t where a = :a;`))
    assert.equal(script, `select to_char(t, E'HH24\\072MI') from t where a = :a;\n`)
  })
})

function literal(value: string | number | undefined): string {
  assert.notEqual(value, undefined)
  return typeof value === 'number' ? String(value) : `'${String(value).replaceAll("'", "''")}'`
}
