import { join } from 'node:path'
import { PGlite } from '@electric-sql/pglite'
import { prepareTemplate } from '../server/test/database.ts'
import type { Dataset } from './dataset.ts'
import { seed, type Copy } from './seed.ts'

const rowsAtOnce = 5_000

/** Fills the embedded database of a data folder, and closes it again. */
export async function fillEmbedded(dataDir: string, dataset: Dataset): Promise<void> {
  await prepareTemplate({ databaseUrl: null, dataDir })
  const pglite = await PGlite.create(join(dataDir, 'db'))
  try {
    await seed(copyInto(pglite), dataset)
    await pglite.exec('vacuum (freeze, analyze)')
  } finally {
    await pglite.close()
  }
}

/** PGlite reads what it copies from a device of its own. */
function copyInto(pglite: PGlite): Copy {
  return async (table, columns, rows) => {
    const command = `copy ${table} (${columns.join(', ')}) from '/dev/blob'`
    for (const chunk of chunksOf(rows)) {
      await pglite.query(command, [], { blob: new Blob(chunk) })
    }
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
