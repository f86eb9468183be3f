import { AppError } from '../errors.ts'

export type Semaphore = {
  /**
   * Runs `work` once there is room for it, first come, first served.
   * @throws AppError `unavailable` at once, without running it, when the queue is full
   */
  run<T>(work: () => Promise<T>): Promise<T>
}

/**
 * Lets `concurrency` pieces of heavy work run at once and `maxQueue` wait. Whoever comes on top of
 * these is better told to come again than kept waiting in a queue that only grows.
 */
export function createSemaphore(limits: { concurrency: number; maxQueue: number }): Semaphore {
  const waiting: (() => void)[] = []
  let running = 0

  async function enter(): Promise<void> {
    if (running < limits.concurrency) {
      running++
      return
    }
    if (waiting.length >= limits.maxQueue) {
      throw new AppError('unavailable', 'busy', 'The server is busy. Try again soon.', {
        retryAfterSeconds: 2,
      })
    }
    // Whoever leaves hands on the place, so `running` stays as it is.
    await new Promise<void>((resolve) => waiting.push(resolve))
  }

  function leave(): void {
    const next = waiting.shift()
    if (next) next()
    else running--
  }

  return {
    async run(work) {
      await enter()
      try {
        return await work()
      } finally {
        leave()
      }
    },
  }
}
