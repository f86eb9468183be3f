import { setImmediate } from 'node:timers/promises'

// A slice of work, after which other work runs. A request that arrives meanwhile waits for
// a slice at each of its own steps, so it is far below what a caller would notice.
const maxSliceMs = 2

/** Call between small pieces of work: it gives way as soon as a slice has been used up. */
export type Pace = () => Promise<void> | undefined

export function createPace(): Pace {
  let start = performance.now()
  return () => (performance.now() - start < maxSliceMs ? undefined : giveWay())

  async function giveWay() {
    await setImmediate()
    start = performance.now()
  }
}
