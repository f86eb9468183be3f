import { useSyncExternalStore } from 'react'
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
    for (const listener of listeners) listener()
    return loaded
  })
  return loading
}

/** What opens over the page; null until it is loaded. */
export function useOverlays(): Overlays | null {
  return useSyncExternalStore(subscribe, () => overlays)
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener)
  afterPaint(() => void loadOverlays())
  return () => listeners.delete(listener)
}
