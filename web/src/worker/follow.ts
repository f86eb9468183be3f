import type { Api } from './api.ts'
import { eventsOf } from './events.ts'
import type { LocalBook } from './local-book.ts'

/** Listens for changes of other devices, while somebody looks. */
export type Follower = {
  /** Begins to listen, or stops. */
  set: (isWanted: boolean) => void
  isConnected: () => boolean
}

// Streams are opened no more often. One that lasted longer is opened again at once: it may have ended with the session,
// which the next call tells.
const restMs = 10_000

/** @param onChanged called when something has changed that this device has not read */
export function createFollower(api: Api, book: LocalBook, onChanged: () => void): Follower {
  let stop: AbortController | null = null
  let isConnected = false

  async function listen(signal: AbortSignal): Promise<void> {
    const { token } = book.state.meta
    if (token === undefined) return
    const path = `/api/changes/events?since=${encodeURIComponent(token)}`
    const response = await api.request(path, { signal })
    isConnected = true
    for await (const { event, data } of eventsOf(response)) {
      const { next } = data as { next?: string }
      if (event === 'changed' && next !== book.state.meta.token) onChanged()
    }
  }

  async function keepListening(signal: AbortSignal): Promise<void> {
    while (!signal.aborted) {
      const rested = pause(restMs, signal)
      await listen(signal).catch(() => {})
      isConnected = false
      await rested
    }
  }

  return {
    set(isWanted) {
      if (isWanted === (stop !== null)) return
      stop?.abort()
      stop = isWanted ? new AbortController() : null
      if (stop) void keepListening(stop.signal)
    },
    isConnected: () => isConnected,
  }
}

function pause(ms: number, signal: AbortSignal): Promise<void> {
  const { promise, resolve } = Promise.withResolvers<void>()
  setTimeout(resolve, ms)
  signal.addEventListener('abort', () => resolve(), { once: true })
  return promise
}
