import { useCallback, useRef, useSyncExternalStore, type RefObject } from 'react'
import { rowAt, type Section } from './list-layout.ts'

/** Rows that are kept ready above and below what is in sight. */
const spare = 8
/** The window moves by this many rows at a time, so that not every row scrolled renders the list. */
const step = 4

export type Rows = { from: number; to: number }

/** The rows to have in the page: those in sight and some around them. */
export function useVisibleRows(
  scroller: RefObject<HTMLElement | null>,
  sections: readonly Section[],
): Rows {
  const last = useRef<Rows>({ from: 0, to: 2 * spare })
  const subscribe = useCallback((onChange: () => void) => watch(scroller, onChange), [scroller])
  return useSyncExternalStore(subscribe, () => {
    const next = rowsInSight(scroller.current, sections)
    if (next.from !== last.current.from || next.to !== last.current.to) last.current = next
    return last.current
  })
}

function watch(scroller: RefObject<HTMLElement | null>, onChange: () => void) {
  const element = scroller.current
  if (!element) return () => undefined
  element.addEventListener('scroll', onChange, { passive: true })
  const resizes = new ResizeObserver(onChange)
  resizes.observe(element)
  return () => {
    element.removeEventListener('scroll', onChange)
    resizes.disconnect()
  }
}

function rowsInSight(element: HTMLElement | null, sections: readonly Section[]): Rows {
  const rem = remInPixels()
  const top = (element?.scrollTop ?? 0) / rem
  const height = (element?.clientHeight || innerHeight) / rem
  const from = rowAt(sections, top) - spare
  const to = rowAt(sections, top + height) + spare
  const rows = sections.at(-1)?.to ?? 0
  return {
    from: Math.max(0, Math.floor(from / step) * step),
    to: Math.min(rows, Math.ceil((to + 1) / step) * step),
  }
}

export const remInPixels = () =>
  Number.parseFloat(getComputedStyle(document.documentElement).fontSize)
