import type { Rows, Slot } from './calls.ts'

/** What lists and searches need to know of a contact. */
export type IndexRow = {
  id: string
  title: string
  subtitle: string
  photo: string | null
  isCompany: boolean
  /** What it is sorted by: the name that counts first, a tab, then the other name. */
  firstKey: string
  lastKey: string
  /** Milliseconds since the epoch. */
  changed: number
  /** What is searched, as the server has it. */
  search: string
  /** Values as they were typed that a search may have found, each in a line. */
  values: string
  labels: string[]
  birthday: string | null
}

/** Sorts behind every letter (CLDR gives U+FFFF the highest weight). */
export const behindLetters = '\uffff'

/** What the page shows of rows. */
export function shownRows(
  slots: readonly Slot[],
  rows: readonly (IndexRow | null | undefined)[],
): Rows {
  const found = slots.map((slot) => rows[slot] ?? null)
  return {
    slots: [...slots],
    ids: found.map((row) => row && row.id),
    titles: found.map((row) => row?.title ?? ''),
    subtitles: found.map((row) => row?.subtitle ?? ''),
    photos: found.map((row) => row && row.photo),
    companies: found.map((row) => row?.isCompany ?? false),
  }
}
