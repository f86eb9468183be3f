import { useEffectEvent, useRef } from 'react'

/** While keys come faster than this, nobody reads what they pass. */
const restMs = 90

/**
 * Shows what an address has, after the row that has the focus was painted. Of a key that is held down
 * only the last address is shown.
 */
export function useFollow(show: (href: string) => void): (href: string) => void {
  const timer = useRef(0)
  const last = useRef(0)
  const go = useEffectEvent(show)
  return (href) => {
    clearTimeout(timer.current)
    const isFast = performance.now() - last.current < restMs
    last.current = performance.now()
    timer.current = window.setTimeout(() => go(href), isFast ? restMs : 0)
  }
}
