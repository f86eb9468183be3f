import { startTransition, useEffect, useState } from 'react'
import { afterPaint } from './after-paint.ts'
import type * as all from './overlays/all.ts'

type Overlays = typeof all

let overlays: Overlays | null = null
let loading: Promise<Overlays> | null = null
const listeners = new Set<() => void>()

/** Loads all that opens over the page; nothing of it is needed for the first paint. */
export function loadOverlays(): Promise<Overlays> {
  loading ??= import('./overlays/all.ts').then((loaded) => {
    overlays = loaded
    loaded.keepFocus()
    for (const listener of listeners) listener()
    return loaded
  })
  return loading
}

/** What opens over the page; null until it is loaded. */
export function useOverlays(): Overlays | null {
  const [shown, setShown] = useState(overlays)
  useEffect(() => {
    if (shown) return undefined
    // In slices: everything in the page that opens something is rendered anew.
    const show = () => startTransition(() => setShown(overlays))
    listeners.add(show)
    if (overlays) show()
    else afterPaint(() => void loadOverlays())
    return () => void listeners.delete(show)
  }, [shown])
  return shown
}
