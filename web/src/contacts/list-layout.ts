import type { Head } from '../worker/calls.ts'

/** Heights in rem, so that the list grows with the text. */
export const rowRem = 3.5
export const headRem = 2

/** A run of rows below one letter; `letter` is null where the order has none. Lengths are in rem. */
export type Section = { letter: string | null; from: number; to: number; top: number }

/** Where each letter's rows stand: as much work as there are letters, however many rows there are. */
export function layOut(rows: number, heads: readonly Head[]): Section[] {
  if (heads.length === 0) return rows > 0 ? [{ letter: null, from: 0, to: rows, top: 0 }] : []
  return heads.map(({ letter, at }, place) => ({
    letter,
    from: at,
    to: heads[place + 1]?.at ?? rows,
    top: at * rowRem + place * headRem,
  }))
}

const headOf = (section: Section) => (section.letter === null ? 0 : headRem)

export const heightOf = (section: Section) => headOf(section) + (section.to - section.from) * rowRem

/** The height of all of them. */
export function heightOfAll(sections: readonly Section[]): number {
  const last = sections.at(-1)
  return last ? last.top + heightOf(last) : 0
}

/** The top of a row within its section. */
export const topInSection = (section: Section, row: number) =>
  headOf(section) + (row - section.from) * rowRem

/** The top of a row in the whole list. */
export function topOf(sections: readonly Section[], row: number): number {
  const section = sections[sectionOf(sections, ({ from }) => from <= row)]
  return section ? section.top + topInSection(section, row) : 0
}

/** The row at a height, or the first below it. */
export function rowAt(sections: readonly Section[], rem: number): number {
  const section = sections[sectionOf(sections, ({ top }) => top <= rem)]
  if (!section) return 0
  const within = Math.floor((rem - section.top - headOf(section)) / rowRem)
  return section.from + Math.min(Math.max(within, 0), section.to - section.from - 1)
}

/** The place of the last section of which it is true, found by halves; the first if of none. */
export function sectionOf(
  sections: readonly Section[],
  isAtOrBefore: (section: Section) => boolean,
): number {
  let low = 0
  let high = sections.length - 1
  while (low < high) {
    const middle = Math.ceil((low + high) / 2)
    const section = sections[middle]
    if (section && isAtOrBefore(section)) low = middle
    else high = middle - 1
  }
  return low
}
