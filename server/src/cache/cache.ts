import { LRUCache } from 'lru-cache'

/** How long a cached value may live, in seconds; the bound on staleness when a cache is cut off. */
export const cacheTtlSeconds = 60

export type CacheEntry = { key: string; version: number; value: object | null }

/**
 * Remembers JSON values by key, each with the version of the row it was made from. A cache may
 * forget anything at any time, and never throws: what is down is the same as empty.
 */
export interface Cache {
  /**
   * The values in the order of their keys; undefined where nothing (or nonsense) is stored. They
   * are frozen: many callers are given the same one. At once where all are at hand in this process,
   * so that most requests go on without waiting a turn.
   */
  get(keys: string[]): unknown[] | Promise<unknown[]>
  /** Stores each entry unless a newer version of it is already there. */
  put(entries: CacheEntry[]): Promise<void>
}

/**
 * The cache of a process that is alone with its database.
 * @param now a clock in ms that never goes back
 */
export function memoryCache(now: () => number = () => performance.now()): Cache {
  const entries = new LRUCache<string, { version: number; value: unknown }>({
    max: 10_000,
    ttl: cacheTtlSeconds * 1000,
    ttlResolution: 0,
    perf: { now },
  })
  return {
    get: (keys) => keys.map((key) => entries.get(key)?.value),
    async put(changes) {
      for (const { key, version, value } of changes) {
        const stored = entries.get(key)
        if (stored && stored.version > version) continue
        entries.set(key, { version, value: parseFrozen(JSON.stringify(value)) })
      }
    },
  }
}

/** Parses JSON into what nobody can change. */
export function parseFrozen(json: string): unknown {
  return JSON.parse(json, (_key, value: unknown) => Object.freeze(value))
}

/** Remembers nothing: for several processes that share a database but no Redis. */
export function noCache(): Cache {
  return {
    get: (keys) => keys.map(() => undefined),
    put: async () => {},
  }
}
