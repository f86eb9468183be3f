import type { Rows, Slot } from '../worker/calls.ts'
import { contactsMoved, createSignal, useSignal } from './signals.ts'

/** What a list shows of a contact. */
export type Row = {
  id: string
  title: string
  subtitle: string
  photo: string | null
  isCompany: boolean
}

// By slot; without gaps, which would make a hash table of it.
const rows: (Row | null)[] = []
const rowsChanged = createSignal()

/** The row of a contact; null while it is not read yet, or when it is gone. */
export function rowOf(slot: Slot): Row | null {
  return rows[slot] ?? null
}

/** Another number whenever a row changed, once a frame at most. */
export function useBookVersion(): number {
  return useSignal(rowsChanged)
}

export function idOf(slot: Slot): string | null {
  return rows[slot]?.id ?? null
}

/** The slot of a contact; undefined while it is not read yet, or when it is gone. */
export function slotOf(id: string): Slot | undefined {
  const slot = rows.findIndex((row) => row?.id === id)
  return slot === -1 ? undefined : slot
}

/** Takes over rows that the data worker has read. */
export function takeRows({ slots, ids, titles, subtitles, photos, companies }: Rows): void {
  const gone: string[] = []
  const here: string[] = []
  for (const [at, slot] of slots.entries()) {
    while (rows.length < slot) rows.push(null)
    const id = ids[at]
    const before = rows[slot]?.id
    if (id !== before) {
      if (before) gone.push(before)
      if (id) here.push(id)
    }
    rows[slot] = id
      ? {
          id,
          title: titles[at] ?? '',
          subtitle: subtitles[at] ?? '',
          photo: photos[at] ?? null,
          isCompany: companies[at] ?? false,
        }
      : null
  }
  rowsChanged.raise()
  if (gone.length + here.length > 0) contactsMoved.raise({ gone, here })
}
