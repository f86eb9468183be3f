// A slice of work, after which other work runs. A request that arrives meanwhile waits for
// a slice at each of its own steps, so it is far below what a caller would notice.
const maxSliceMs = 2

/** Call between small pieces of work: it gives way as soon as a slice has been used up. */
export type Pace = () => Promise<void> | undefined

export function createPace(): Pace {
  let start = performance.now()
  return () => (performance.now() - start < maxSliceMs ? undefined : giveWay())

  async function giveWay() {
    await nextTurn()
    start = performance.now()
  }
}

const waiting: (() => void)[] = []

/**
 * One slice in each round of the event loop, whoever's it is: a request takes several rounds, and would wait
 * in each for a slice of everybody who has much to do.
 */
function nextTurn(): Promise<void> {
  return new Promise((resolve) => {
    waiting.push(resolve)
    if (waiting.length === 1) setImmediate(startNext)
  })
}

function startNext() {
  waiting.shift()?.()
  if (waiting.length > 0) setImmediate(startNext)
}
