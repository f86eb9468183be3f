import { useRef, useSyncExternalStore } from 'react'
import { rowAt, type Section } from './list-layout.ts'
import type { Viewport } from './viewport.ts'

/** Rows that are kept ready above and below what is in sight. */
const spare = 8
/** The window moves by this many rows at a time, so that not every row scrolled renders the list. */
const step = 4

export type Rows = { from: number; to: number }

/** The rows to have in the page: those in sight and some around them. */
export function useVisibleRows(viewport: Viewport, sections: readonly Section[]): Rows {
  const last = useRef<Rows>({ from: 0, to: 0 })
  return useSyncExternalStore(viewport.subscribe, () => {
    const next = rowsInSight(viewport, sections)
    // A list without a size, such as on paper, has no first row either: NaN is to equal itself.
    const { from, to } = last.current
    if (!Object.is(next.from, from) || !Object.is(next.to, to)) last.current = next
    return last.current
  })
}

function rowsInSight({ now: { rem, top, height } }: Viewport, sections: readonly Section[]): Rows {
  const from = rowAt(sections, top / rem) - spare
  const to = rowAt(sections, (top + height) / rem) + spare
  const rows = sections.at(-1)?.to ?? 0
  return {
    from: Math.max(0, Math.floor(from / step) * step),
    to: Math.min(rows, Math.ceil((to + 1) / step) * step),
  }
}
