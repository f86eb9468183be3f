import { useEffect, useRef, useState, useSyncExternalStore } from 'react'
import { rowAt, type Section } from './list-layout.ts'
import type { Viewport } from './viewport.ts'

/** Rows that are kept ready above and below what is in sight. */
const spare = 8
/** How long a list stands before it has them: those of a search that is still being typed are never seen. */
const restMs = 200
/** The window moves by this many rows at a time, so that not every row scrolled renders the list. */
const step = 4

export type Rows = { from: number; to: number }

/** A window may have so many rows more than it needs: rendering fewer would be work for nothing. */
const excess = 4

/**
 * The rows to have in the page: those in sight and some around them.
 * @param listKey another one with every other list
 */
export function useVisibleRows(
  viewport: Viewport,
  sections: readonly Section[],
  listKey: string,
): Rows {
  const last = useRef<Rows>({ from: 0, to: 0 })
  const isRested = useRested(listKey)
  return useSyncExternalStore(viewport.subscribe, () => {
    // A search begins at the top: elsewhere, somebody scrolls.
    const isScrolled = viewport.now.top > 0
    const next = rowsInSight(viewport, sections, isRested || isScrolled ? spare : 0)
    if (!serves(last.current, next)) last.current = next
    return last.current
  })
}

/** Whether the list is the one that it was some time ago. */
function useRested(listKey: string): boolean {
  const [rested, setRested] = useState<string | null>(null)
  useEffect(() => {
    const resting = setTimeout(() => setRested(listKey), restMs)
    return () => clearTimeout(resting)
  }, [listKey])
  return rested === listKey
}

function rowsInSight(
  { now: { rem, top, height } }: Viewport,
  sections: readonly Section[],
  spare: number,
): Rows {
  const from = rowAt(sections, top / rem) - spare
  const to = rowAt(sections, (top + height) / rem) + spare
  const rows = sections.at(-1)?.to ?? 0
  return {
    from: Math.max(0, Math.floor(from / step) * step),
    to: Math.min(rows, Math.ceil((to + 1) / step) * step),
  }
}

/** Whether a window has all rows of another one, and few more. */
function serves(last: Rows, next: Rows): boolean {
  // A list without a size, such as on paper, has no first row either: NaN is to equal itself.
  if (Object.is(next.from, last.from) && Object.is(next.to, last.to)) return true
  const isCovered = last.from <= next.from && last.to >= next.to
  return isCovered && last.to - last.from <= next.to - next.from + excess
}
