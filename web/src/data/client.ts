import { proxy, wrap } from 'comlink'
import { knownUser } from '../device.ts'
import { trustedUrl } from '../trusted-url.ts'
import type { DataWorker } from '../worker/calls.ts'
import workerUrl from '../worker/main.ts?worker&url'
import { receive } from './receive.ts'

const thread = new Worker(trustedUrl(workerUrl), { type: 'module', name: 'kith-data' })

/** The data worker: everything that is known of the book. */
export const worker: DataWorker = wrap<DataWorker>(thread)

/** A function as the data worker can call it. */
export const listener = <Listener extends object>(listener: Listener): Listener => proxy(listener)

/** Shows what is on this device, then goes online. */
export function startData(): void {
  void worker.start(listener(receive), knownUser())
  const look = () => void worker.setVisible(document.visibilityState === 'visible')
  const sync = () => void worker.syncNow()
  look()
  document.addEventListener('visibilitychange', look)
  addEventListener('focus', look)
  addEventListener('online', sync)
  addEventListener('offline', sync)
}
