import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { totalmem } from 'node:os'
import { stderr } from 'node:process'
import { Readable } from 'node:stream'
import { text } from 'node:stream/consumers'
import { pipeline } from 'node:stream/promises'
import { prepareTemplate } from '../server/test/database.ts'
import { runSql, startPostgres } from '../server/test/postgres.ts'
import type { Dataset } from './dataset.ts'
import { lastSeededId } from './ids.ts'
import type { Programs } from './programs.ts'
import { seed, type Copy } from './seed.ts'

export type Cluster = AsyncDisposable & {
  /** Creates a database as the server has it, filled, vacuumed and analysed. Returns its URL. */
  fill(name: string, dataset: Dataset): Promise<string>
}

/**
 * A throwaway PostgreSQL, as safe as by its own defaults: what is answered has reached the disk.
 */
export async function startCluster({ psql }: Programs): Promise<Cluster> {
  const gigabytes = Math.max(1, Math.min(4, Math.floor(totalmem() / 2 ** 30 / 4)))
  const postgres = await startPostgres({
    fsync: 'on',
    full_page_writes: 'on',
    shared_buffers: `${gigabytes}GB`,
    // A checkpoint in the middle of one measurement would be counted against it.
    max_wal_size: '4GB',
    checkpoint_timeout: '1h',
  })
  return {
    async fill(name, dataset) {
      const start = performance.now()
      stderr.write(`filling a database: ${dataset.users * dataset.contacts} contacts … `)
      await postgres.run(`create database ${name}`)
      const databaseUrl = postgres.url(name)
      await prepareTemplate(databaseUrl)
      await seed(copyBy(psql, databaseUrl), dataset)
      await runSql(databaseUrl, 'vacuum (freeze, analyze)')
      await runSql(databaseUrl, 'checkpoint')
      stderr.write(`${Math.round((performance.now() - start) / 1000)} s\n`)
      return databaseUrl
    },
    [Symbol.asyncDispose]: () => postgres[Symbol.asyncDispose](),
  }
}

/** Removes what a measurement has added, so that the next one finds the same books. */
export async function removeAdded(databaseUrl: string): Promise<void> {
  await runSql(databaseUrl, `delete from contacts where id > '${lastSeededId}'`)
  await runSql(databaseUrl, `delete from sessions where id > '${lastSeededId}'`)
  await runSql(databaseUrl, 'delete from security_events')
  await runSql(databaseUrl, 'vacuum (analyze) contacts, owners, sessions, security_events')
}

function copyBy(psql: string, databaseUrl: string): Copy {
  return async (table, columns, rows) => {
    const command = `copy ${table} (${columns.join(', ')}) from stdin`
    const child = spawn(psql, [databaseUrl, '--quiet', '--no-psqlrc', '--command', command], {
      stdio: ['pipe', 'ignore', 'pipe'],
    })
    const ended = once(child, 'exit')
    const complaint = text(child.stderr)
    // When psql gives up early, what it says matters more than the broken pipe.
    await pipeline(Readable.from(rows), child.stdin).catch(() => {})
    const [code] = await ended
    if (code !== 0) throw new Error(`psql could not fill ${table}: ${await complaint}`)
  }
}
