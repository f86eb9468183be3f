import { proxy } from 'comlink'
import { afterPaint } from '../ui/after-paint.ts'
import { receive } from './receive.ts'
import { receiveBy, worker } from './thread.ts'

export { worker }

/** A function as the data worker can call it. */
export const listener = <Listener extends object>(listener: Listener): Listener => proxy(listener)

/** Shows what is on this device, then goes online. */
export function startData(): void {
  receiveBy(receive)
  const look = () => void worker.setVisible(document.visibilityState === 'visible')
  const sync = () => void worker.syncNow()
  look()
  document.addEventListener('visibilitychange', look)
  addEventListener('focus', look)
  addEventListener('online', sync)
  addEventListener('offline', sync)
}

let isShown = false

/** Once the first screen is painted, the worker may have this thread take over the rest. */
export function showsFirstScreen(): void {
  if (!isShown) afterPaint(() => void worker.shown())
  isShown = true
}
