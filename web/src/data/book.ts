import type { Rows, Slot } from '../worker/calls.ts'
import { createSignal, useSignal } from './signals.ts'

/** What a list shows of a contact. */
export type Row = {
  id: string
  title: string
  subtitle: string
  photo: string | null
  isCompany: boolean
}

// By slot; a slot without a contact has no id.
const ids: (string | null)[] = []
const titles: string[] = []
const subtitles: string[] = []
const photos: (string | null)[] = []
const companies: boolean[] = []
const slots = new Map<string, Slot>()
const rowsChanged = createSignal()

/** The row of a contact; null while it is not read yet, or when it is gone. */
export function rowOf(slot: Slot): Row | null {
  const id = ids[slot]
  if (!id) return null
  return {
    id,
    title: titles[slot] ?? '',
    subtitle: subtitles[slot] ?? '',
    photo: photos[slot] ?? null,
    isCompany: companies[slot] ?? false,
  }
}

/** Another number whenever a row changed, once a frame at most. */
export function useBookVersion(): number {
  return useSignal(rowsChanged)
}

export function idOf(slot: Slot): string | null {
  return ids[slot] ?? null
}

/** The slot of a contact; undefined while it is not read yet, or when it is gone. */
export function slotOf(id: string): Slot | undefined {
  return slots.get(id)
}

/** Takes over rows that the data worker has read. */
export function takeRows(rows: Rows): void {
  for (const [at, slot] of rows.slots.entries()) {
    const before = ids[slot]
    const id = rows.ids[at] ?? null
    if (before && before !== id && slots.get(before) === slot) slots.delete(before)
    if (id) slots.set(id, slot)
    ids[slot] = id
    titles[slot] = rows.titles[at] ?? ''
    subtitles[slot] = rows.subtitles[at] ?? ''
    photos[slot] = rows.photos[at] ?? null
    companies[slot] = rows.companies[at] ?? false
  }
  rowsChanged.raise()
}
