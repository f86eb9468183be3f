import { rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { clusterFolder } from '../server/src/db/embedded/cluster.ts'
import { startEmbedded } from '../server/src/db/embedded/embedded.ts'
import { createLogger } from '../server/src/log.ts'
import { prepareTemplate } from '../server/test/database.ts'
import { runSql } from '../server/test/postgres.ts'
import type { Dataset } from './dataset.ts'
import { seed, type Copy } from './seed.ts'

const rowsAtOnce = 5_000

/** Fills the embedded database of a data folder, and closes it again. */
export async function fillEmbedded(dataDir: string, dataset: Dataset): Promise<void> {
  await using embedded = await startEmbedded(dataDir, createLogger('warn'))
  await prepareTemplate(embedded.url())
  const admin = embedded.url('kith', 'postgres')
  await seed(copyInto(admin, clusterFolder(dataDir)), dataset)
  await runSql(admin, 'vacuum (freeze, analyze)')
}

/** PostgreSQL reads what it copies from a file in its own folder, where it is. */
function copyInto(admin: string, folder: string): Copy {
  return async (table, columns, rows) => {
    const file = 'rows.txt'
    const path = join(folder, file)
    for (const chunk of chunksOf(rows)) {
      await writeFile(path, chunk.join(''), { mode: 0o644 })
      await runSql(admin, `copy ${table} (${columns.join(', ')}) from '${file}'`)
    }
    await rm(path, { force: true })
  }
}

function* chunksOf(rows: Iterable<string>) {
  let chunk: string[] = []
  for (const row of rows) {
    if (chunk.push(row) < rowsAtOnce) continue
    yield chunk
    chunk = []
  }
  if (chunk.length > 0) yield chunk
}
