import { createClient } from '@redis/client'

/** A connection to Redis, of which Kith needs little. */
export type RedisClient = {
  readonly isReady: boolean
  connect(): Promise<unknown>
  destroy(): void
  onError(listener: (error: unknown) => void): void
  /** Whether Redis pushes that a key which was read has changed. */
  readonly pushesChanges: boolean
  onChange(listener: (key: string | null) => void): void
  mGet(keys: string[]): Promise<(string | null)[]>
  /** Runs a script about one key. */
  eval(script: string, options: { keys: [string]; arguments: string[] }): Promise<unknown>
  ping(): Promise<unknown>
}

/** A single Redis, which pushes the changes of keys that were read. */
export function singleClient(url: string, connectWithinMs: number): RedisClient {
  const client = createClient({
    url,
    RESP: 3,
    emitInvalidate: true,
    disableOfflineQueue: true,
    socket: { connectTimeout: connectWithinMs, reconnectStrategy: false },
  })
  return {
    get isReady() {
      return client.isReady
    },
    connect: () => client.connect(),
    destroy: () => client.destroy(),
    onError: (listener) => void client.on('error', listener),
    pushesChanges: true,
    onChange: (listener) =>
      void client.on('invalidate', (key) => listener(key === null ? null : String(key))),
    mGet: (keys) => client.mGet(keys),
    eval: (script, options) => client.eval(script, options),
    ping: () => client.ping(),
  }
}
