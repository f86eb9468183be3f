import {
  fromBlock,
  nothingChanged,
  readSmall,
  readSmallest,
  setRow,
  type BookState,
  type Changed,
} from './book-state.ts'
import { slotsInIndexBlock, type BookReading, type BookTransaction, type Head } from './database.ts'
import { withEntries } from './outbox-edit.ts'
import type { Entry } from './outbox.ts'

type Reading = BookReading | BookTransaction

/** Reads what other tabs have written since this one last looked. */
export async function catchUp(tx: Reading, state: BookState): Promise<Changed> {
  const changed = nothingChanged()
  const head = (await tx.objectStore('meta').get('head')) as Head | undefined
  if (!head || head.version === state.version) return changed
  const missed = head.log.filter(({ version }) => version > state.version)
  const isKnown = missed.length === head.version - state.version
  changed.isWhole = !isKnown || missed.some(({ seqs }) => !seqs)
  const wanted = new Set(missed.flatMap(({ slots }) => slots ?? []))
  const blocks = changed.isWhole
    ? Array.from({ length: Math.ceil(head.nextSlot / slotsInIndexBlock) }, (_, at) => at)
    : [...new Set([...wanted].map((slot) => Math.floor(slot / slotsInIndexBlock)))]
  for (const number of blocks) {
    const rows = fromBlock(await tx.objectStore('index').get(number))
    for (const [at, row] of rows.entries()) {
      const slot = number * slotsInIndexBlock + at
      if (changed.isWhole || wanted.has(slot)) setRow(state, slot, row, changed)
    }
  }
  state.version = head.version
  state.nextSlot = head.nextSlot
  if (changed.isWhole) await readSmall(tx, state)
  else {
    await readSmallest(tx, state)
    state.outbox = await readEntries(
      tx,
      state.outbox,
      new Set(missed.flatMap(({ seqs }) => seqs ?? [])),
    )
  }
  return changed
}

/** Only those that were written: there may be many others. */
async function readEntries(
  tx: Reading,
  outbox: Entry[],
  seqs: ReadonlySet<number>,
): Promise<Entry[]> {
  if (seqs.size === 0) return outbox
  const store = tx.objectStore('outbox')
  const read = [...seqs].map(async (seq) => [seq, (await store.get(seq)) ?? null] as const)
  return withEntries(outbox, new Map(await Promise.all(read)))
}
