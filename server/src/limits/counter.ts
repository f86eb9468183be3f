import { LRUCache } from 'lru-cache'

/** What became of one request that asked for a place in a window. */
export type Take = {
  allowed: boolean
  /** Places left in the window after this one. */
  remaining: number
  /** Seconds until the next place is free; 0 while there is one. */
  retryAfterSeconds: number
}

/**
 * Counts requests by key over a sliding window, exactly: in any `windowSeconds` at most `max` are
 * allowed. What is refused is not counted.
 */
export interface Counter {
  take(key: string, max: number, windowSeconds: number): Promise<Take>
}

// Whoever rotates addresses fills memory up to here; then the keys longest unused are forgotten.
const maxKeys = 100_000

/**
 * Counts in this process alone.
 * @param now a clock in ms that never goes back
 */
export function memoryCounter(now: () => number = () => performance.now()): Counter & Disposable {
  // Per key, the times of the requests that were allowed, oldest first.
  const windows = new LRUCache<string, number[]>({ max: maxKeys })
  return {
    async take(key, max, windowSeconds) {
      const windowMs = windowSeconds * 1000
      const time = now()
      const times = windows.get(key) ?? []
      while (times[0] !== undefined && times[0] <= time - windowMs) times.shift()
      const oldest = times.at(-max)
      if (oldest !== undefined) return refused(oldest + windowMs - time)
      times.push(time)
      windows.set(key, times)
      return { allowed: true, remaining: max - times.length, retryAfterSeconds: 0 }
    },
    [Symbol.dispose]: () => windows.clear(),
  }
}

export function refused(waitMs: number): Take {
  return { allowed: false, remaining: 0, retryAfterSeconds: Math.max(1, Math.ceil(waitMs / 1000)) }
}
