import { proxy } from 'comlink'
import { afterPaint } from '../ui/after-paint.ts'
import type { WorkerEvent } from '../worker/calls.ts'
import { receive } from './receive.ts'
import { receiveBy, worker } from './thread.ts'

export { worker }

/** A function as the data worker can call it. */
export const listener = <Listener extends object>(listener: Listener): Listener => proxy(listener)

let held: WorkerEvent[] | null = null

/** Shows what is on this device, then goes online. */
export function startData(): void {
  receiveBy((event) => void (held ? held.push(event) : receive(event)))
  // React renders the first screen in slices, and all of it anew, at once, where a store changes meanwhile.
  held = []
  const look = () => void worker.setVisible(document.visibilityState === 'visible')
  const sync = () => void worker.syncNow()
  look()
  document.addEventListener('visibilitychange', look)
  addEventListener('focus', look)
  addEventListener('online', sync)
  addEventListener('offline', sync)
}

/** The first screen is rendered: takes over what the worker has said meanwhile. */
export function receiveHeld(): void {
  const events = held ?? []
  held = null
  for (const event of events) receive(event)
}

let isShown = false

/** Once the first screen is painted, the worker may have this thread take over the rest. */
export function showsFirstScreen(): void {
  if (!isShown) afterPaint(() => void worker.shown())
  isShown = true
}
