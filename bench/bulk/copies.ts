import { execFile } from 'node:child_process'
import { chmod, mkdir } from 'node:fs/promises'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { runSql } from '../../server/test/postgres.ts'
import { userId } from '../ids.ts'
import type { Done } from './gauge.ts'

export type Copies = {
  /** Keeps the rows that a user's contacts are. */
  save(user: number): Promise<void>
  /** Loads the rows that were kept, into tables that are like those they came from, but empty. */
  load(contacts: number): Promise<Done>
}

const tables = ['contacts', 'contact_cards']

/** Prepares empty tables with the same columns, indexes, checks and foreign keys. */
export async function prepareCopies(
  databaseUrl: string,
  psql: string,
  folder: string,
): Promise<Copies> {
  const files = join(folder, 'copies')
  await mkdir(files)
  await chmod(files, 0o711)
  await runSql(
    databaseUrl,
    `create schema copies;
     create table copies.contacts (like contacts including all,
       foreign key (owner_id) references owners (id));
     create table copies.contact_cards (like contact_cards including all,
       foreign key (owner_id, contact_id) references copies.contacts (owner_id, id))`,
  )
  const run = (commands: string[]) =>
    promisify(execFile)(psql, [
      databaseUrl,
      '--quiet',
      '--no-psqlrc',
      '--set=ON_ERROR_STOP=1',
      '--single-transaction',
      ...commands.map((command) => `--command=${command}`),
    ])
  return {
    async save(user) {
      const owned = `where owner_id = '${userId(user)}'`
      await run(
        tables.map(
          (table) => `\\copy (select * from ${table} ${owned}) to '${join(files, table)}'`,
        ),
      )
    },
    async load(contacts) {
      const start = performance.now()
      await run(tables.map((table) => `\\copy copies.${table} from '${join(files, table)}'`))
      const seconds = (performance.now() - start) / 1_000
      await runSql(databaseUrl, 'truncate copies.contacts, copies.contact_cards')
      return { contacts, megabytes: null, seconds }
    },
  }
}
