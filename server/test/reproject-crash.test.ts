import assert from 'node:assert/strict'
import { it } from 'node:test'
import { columnsVersion } from '../src/contacts/store/columns.ts'
import { openDatabase } from '../src/db/database.ts'
import { openSource } from '../src/db/source.ts'
import { createLogger } from '../src/log.ts'
import { expectStatus, signUp, type Door } from './people.ts'
import { startServerProcess } from './server-process.ts'
import { until } from './until.ts'

const total = 3_000

// On PostgreSQL the code is the same, but an interrupted job is resumed only after its heartbeat.
it('goes on with the columns of an older version after it was killed', async () => {
  await using first = await startServerProcess()
  let server = first
  const door: Door = { inject: (call) => server.inject(call), mailbox: first.mailbox }
  const ada = await signUp(door)
  expectStatus(await ada.post('/api/contacts', { first_name: 'Grace' }), 201)
  const search = async () => {
    const answer = await ada.get('/api/contacts/search?q=grace&limit=1')
    expectStatus(answer, 200)
    const { headers } = answer
    return { found: Number(headers['x-total-count']), state: headers['x-index-state'] }
  }
  await server.end('SIGTERM')
  await fillOutdated(first.settings.DATA_DIR)

  server = await startServerProcess(first.settings)
  await until('some to be found', async () => (await search()).found > 0, 90_000)
  server.signal('SIGKILL')
  await server.ended
  server = await startServerProcess(first.settings)
  const isComplete = async () => {
    const { found, state } = await search()
    if (state === undefined) assert.equal(found, total)
    return state === undefined
  }
  await until('all to be found', isComplete, 90_000)
  await server.end('SIGTERM')
})

/** Leaves contacts as a version would that had another search text. */
async function fillOutdated(dataDir: string): Promise<void> {
  const log = createLogger('silent')
  await using source = await openSource({ databaseUrl: null, dataDir }, log)
  await using database = openDatabase(source.url, log)
  const { pool } = database
  await pool.query(
    `insert into contacts (owner_id, id, first_name, sort_key, search, modseq)
     select owner_id, gen_random_uuid(), first_name, sort_key, search, modseq
     from contacts, generate_series(2, $1)`,
    [total],
  )
  await pool.query(`update contacts set proj_version = $1, search = 'outdated'`, [
    columnsVersion - 1,
  ])
  await pool.query('delete from column_versions')
}
