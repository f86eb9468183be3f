import { createPace } from '../../pace.ts'
import { readAhead } from '../../read-ahead.ts'
import { weightOf, type Entry } from '../file/entry.ts'

// Of one transaction: this many entries, and about so much text.
const maxEntries = 400
const maxWeight = 2 * 1024 * 1024

/**
 * Writes entries in batches; while one is written, the next one is read.
 * @param write takes some of a batch, one entry at least, and returns how many
 */
export async function inBatches(
  entries: AsyncIterable<Entry>,
  write: (batch: Entry[]) => Promise<number>,
) {
  for await (const batch of readAhead(batchesOf(entries))) {
    for (let left = batch; left.length > 0;) left = left.slice(await write(left))
  }
}

async function* batchesOf(entries: AsyncIterable<Entry>): AsyncGenerator<Entry[]> {
  const pace = createPace()
  let batch: Entry[] = []
  let weight = 0
  for await (const entry of entries) {
    batch.push(entry)
    weight += weightOf(entry)
    await pace()
    if (batch.length < maxEntries && weight < maxWeight) continue
    yield batch
    batch = []
    weight = 0
  }
  if (batch.length > 0) yield batch
}
