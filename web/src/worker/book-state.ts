import type { Contact, Label, Slot } from './calls.ts'
import type { StoredConflict } from './conflicts.ts'
import { type BookReading, type BookTransaction, type Head, type IndexBlock } from './database.ts'
import type { IndexRow } from './index-row.ts'
import type { Entry } from './outbox.ts'
import type { StoredMeta } from './stored-meta.ts'

/** What this tab holds in memory of the copy of the book, at a version of it. */
export type BookState = {
  version: number
  nextSlot: number
  rows: (IndexRow | null)[]
  slots: Map<string, Slot>
  labels: Map<string, Label>
  conflicts: Map<string, StoredConflict>
  outbox: Entry[]
  meta: StoredMeta
}

export function emptyState(): BookState {
  return {
    version: 0,
    nextSlot: 0,
    rows: [],
    slots: new Map(),
    labels: new Map(),
    conflicts: new Map(),
    outbox: [],
    meta: {},
  }
}

export const firstHead: Head = { version: 0, nextSlot: 0, log: [] }

/** What is no longer what it was. */
export type Changed = {
  slots: Set<Slot>
  /** The contacts of these slots, also those that are gone. */
  ids: Set<string>
  /** Everything may have changed. */
  isWhole: boolean
}

export function nothingChanged(): Changed {
  return { slots: new Set(), ids: new Set(), isWhole: false }
}

/** Takes over a row, and notes what changed by it. */
export function setRow(state: BookState, slot: Slot, row: IndexRow | null, changed: Changed): void {
  const before = state.rows[slot]
  if (before && before.id !== row?.id) state.slots.delete(before.id)
  if (before) changed.ids.add(before.id)
  if (row) {
    state.slots.set(row.id, slot)
    changed.ids.add(row.id)
  }
  changed.slots.add(slot)
  state.rows[slot] = row
}

/** Reads everything but the index. */
export async function readSmall(
  tx: BookReading | BookTransaction,
  state: BookState,
): Promise<void> {
  await readSmallest(tx, state)
  state.outbox = await tx.objectStore('outbox').getAll()
}

/** Reads everything but the index and what waits. */
export async function readSmallest(
  tx: BookReading | BookTransaction,
  state: BookState,
): Promise<void> {
  const labels = await tx.objectStore('labels').getAll()
  const conflicts = await tx.objectStore('conflicts').getAll()
  state.labels = new Map(labels.map((label) => [label.id, label]))
  state.conflicts = new Map(conflicts.map((one) => [one.contactId, one]))
  state.meta = (await tx.objectStore('meta').get('book')) ?? {}
}

const columnNames = [
  'id',
  'title',
  'subtitle',
  'photo',
  'isCompany',
  'firstKey',
  'lastKey',
  'changed',
  'search',
  'values',
  'labels',
  'birthday',
] as const satisfies (keyof IndexRow)[]

export function toBlock(rows: readonly (IndexRow | null | undefined)[]): IndexBlock {
  const column = (name: keyof IndexRow) => Array.from(rows, (row) => row?.[name] ?? null)
  return Object.fromEntries(columnNames.map((name) => [name, column(name)])) as IndexBlock
}

export function fromBlock(block: IndexBlock | undefined): (IndexRow | null)[] {
  if (!block) return []
  return block.id.map((id, at) =>
    id === null
      ? null
      : {
          id,
          title: block.title[at] ?? '',
          subtitle: block.subtitle[at] ?? '',
          photo: block.photo[at] ?? null,
          isCompany: block.isCompany[at] ?? false,
          firstKey: block.firstKey[at] ?? '',
          lastKey: block.lastKey[at] ?? '',
          changed: block.changed[at] ?? 0,
          search: block.search[at] ?? '',
          values: block.values[at] ?? '',
          labels: block.labels[at] ?? [],
          birthday: block.birthday[at] ?? null,
        },
  )
}

/** A contact or the lack of one by its place in a block. */
export type ContactBlock = (Contact | null)[]
