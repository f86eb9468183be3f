/** What is in sight of a list, in pixels. Kept, since asking the page would make it lay itself out. */
export type Viewport = {
  readonly now: { rem: number; top: number; height: number }
  /** Calls back whenever one of them changed, until the returned function is called. */
  subscribe: (listener: () => void) => () => void
  /** Follows an element that scrolls, and a `probe` of 1rem, until the returned function is called. */
  watch: (scroller: HTMLElement, probe: HTMLElement) => () => void
  /** Scrolls to a height, of a content that is so high. */
  scrollTo: (top: number, contentHeight: number) => void
}

export function createViewport(): Viewport {
  const now = { rem: 16, top: 0, height: innerHeight }
  const listeners = new Set<() => void>()
  let element: HTMLElement | null = null

  const change = (next: Partial<typeof now>) => {
    Object.assign(now, next)
    for (const listener of listeners) listener()
  }
  return {
    now,
    subscribe(listener) {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
    watch(scroller, probe) {
      element = scroller
      Object.assign(now, { rem: probe.clientHeight, height: scroller.clientHeight })
      const follow = () => change({ top: scroller.scrollTop })
      const resizes = new ResizeObserver((entries) => {
        for (const { target, contentRect } of entries) {
          change(target === probe ? { rem: contentRect.height } : { height: contentRect.height })
        }
      })
      resizes.observe(scroller)
      resizes.observe(probe)
      scroller.addEventListener('scroll', follow, { passive: true })
      return () => {
        resizes.disconnect()
        scroller.removeEventListener('scroll', follow)
      }
    },
    scrollTo(top, contentHeight) {
      const within = Math.min(Math.max(0, top), Math.max(0, contentHeight - now.height))
      if (within === now.top) return
      element?.scrollTo({ top: within })
      change({ top: within })
    },
  }
}
