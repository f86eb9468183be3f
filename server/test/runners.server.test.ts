import assert from 'node:assert/strict'
import { after, it } from 'node:test'
import { runScenarios } from './scenarios.ts'
import { startServer, type TestServer } from './server.ts'

const [inOneStatement, stepwise] = await Promise.all([
  startServer({}, { isStepwise: false }),
  startServer({}, { isStepwise: true }),
])
after(() => Promise.all([inOneStatement, stepwise].map((one) => one[Symbol.asyncDispose]())))

it('writes leave the same rows in one statement and step by step', async () => {
  const [some, others] = await Promise.all([inOneStatement, stepwise].map(rowsAfterScenarios))
  assert.ok(some && others)
  for (const [table, rows] of some) {
    const rest: string[] = others.get(table) ?? []
    assert.deepEqual(without(rest, rows), without(rows, rest), table)
    assert.equal(rest.length, rows.length, table)
  }
})

function without(rows: string[], others: string[]): string[] {
  return rows.filter((row) => !others.includes(row))
}

type Tables = Map<string, string[]>

async function rowsAfterScenarios(server: TestServer): Promise<Tables> {
  await runScenarios(server)
  await server.jobsDone()
  const { pool } = server.services.database
  const { rows: tables } = await pool.query<{ name: string }>(ownerTables)
  assert.ok(tables.length > 20)
  const contents: Tables = new Map()
  for (const { name } of tables) {
    const { rows } = await pool.query<{ row: string }>(
      `select to_json(t)::text as row from ${name} t`,
    )
    contents.set(name, rows.map(({ row }) => withoutChance(row)).toSorted())
  }
  return contents
}

const ownerTables = `
  select table_name as name from information_schema.columns
  where table_schema = 'public' and (column_name = 'owner_id' or table_name = 'owners')
  group by table_name order by table_name`

/** A row without what differs from run to run: ids, times, and hashes and sizes of what holds these. */
function withoutChance(row: string): string {
  return row
    .replaceAll(/[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}/g, '<id>')
    .replaceAll(/\d{4}-\d\d-\d\dT[\d:.]+(?:\+00:00|Z)/g, '<time>')
    .replaceAll(/"(?:\\\\x)?[0-9a-f]{32,}"/g, '"<hash>"')
    .replaceAll(/"(epoch|position|key)":[^,}]+/g, '"$1":"<chance>"')
    .replace(/("format":"zip".*"octets"):\d+/, '$1:"<chance>"')
}
