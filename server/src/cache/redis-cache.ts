import { LRUCache } from 'lru-cache'
import { cacheTtlSeconds, parseFrozen, type Cache, type CacheEntry } from './cache.ts'
import type { Redis } from './redis.ts'

// Stored as "<version>:<json>" unless a newer version is there; by version, JSON and time to live in ms.
// What is stored may be of any type: what is no version is overwritten. One key each, since those of a
// cluster are on several nodes.
const putNewer = `
local stored = redis.pcall('get', KEYS[1])
local version = type(stored) == 'string' and tonumber(string.match(stored, '^(%d+):'))
if not version or version <= tonumber(ARGV[1]) then
  redis.call('set', KEYS[1], ARGV[1] .. ':' .. ARGV[2], 'PX', ARGV[3])
end
return 1`

const fullTtlMs = cacheTtlSeconds * 1000
const writesAtOnce = 500

type Write = { entry: CacheEntry; ttlMs: number }

/** A value held in this process; nothing yet while Redis is asked for it. */
type Held = { value?: unknown }

/**
 * The cache shared by all processes on one Redis. What was read is held in this process too until
 * Redis pushes that it changed. What this process could not tell Redis is kept and sent once it is
 * back: others may have reached it all the while, and believe what it holds.
 */
export function redisCache(redis: Redis): Cache {
  const unsent = new LRUCache<string, CacheEntry>({ max: 10_000, ttl: fullTtlMs })
  const near = new LRUCache<string, Held>({ max: 10_000, ttl: fullTtlMs, ttlResolution: 1_000 })
  redis.onBack(() => void sendAgain())
  redis.onChange((name) => (name === null ? near.clear() : near.delete(keyOf(name))))

  async function write(writes: Write[]) {
    const written = await redis.run((client) =>
      Promise.all(
        writes.map(({ entry: { key, version, value }, ttlMs }) =>
          client.eval(putNewer, {
            keys: [prefixed(key)],
            arguments: [String(version), JSON.stringify(value), String(ttlMs)],
          }),
        ),
      ),
    )
    if (written === undefined) return writes.forEach(keep)
    // Redis may answer us before it sends the pushes, but not two commands: when this one is
    // answered, no other process can get our caller's next request before the push.
    await redis.run((client) => client.ping())
  }

  function keep({ entry, ttlMs }: Write) {
    const kept = unsent.get(entry.key)
    if (!kept || kept.version <= entry.version) unsent.set(entry.key, entry, { ttl: ttlMs })
  }

  /** A value's life is counted from when it was read, so that a late one is not believed longer. */
  async function sendAgain() {
    const writes = [...unsent.values()].map((entry) => {
      return { entry, ttlMs: Math.ceil(unsent.getRemainingTTL(entry.key)) }
    })
    unsent.clear()
    while (writes.length > 0) await write(writes.splice(0, writesAtOnce))
  }

  /** A push that overtakes the answer takes the place away, and the answer is not held. */
  async function ask(keys: string[]): Promise<unknown[]> {
    const places = keys.map((key): Held => {
      const place = {}
      near.set(key, place)
      return place
    })
    const stored = await redis.run((client) => client.mGet(keys.map(prefixed)))
    return places.map((place, index) => {
      const key = keys[index] ?? ''
      const value = parseStored(stored?.[index])
      if (near.peek(key) === place) {
        if (value === undefined) near.delete(key)
        else place.value = value
      }
      return value
    })
  }

  function forget(entries: CacheEntry[]) {
    for (const { key } of entries) near.delete(key)
  }

  return {
    get(keys) {
      if (!redis.isTrusted()) return keys.map(() => undefined)
      if (!redis.isInTouch()) return ask(keys)
      const values = keys.map((key) => near.get(key)?.value)
      return values.includes(undefined) ? ask(keys) : values
    },
    async put(entries) {
      forget(entries)
      await write(entries.map((entry) => ({ entry, ttlMs: fullTtlMs })))
      forget(entries)
    },
  }
}

const prefix = 'kith:cache:'

function prefixed(key: string): string {
  return prefix + key
}

function keyOf(name: string): string {
  return name.slice(prefix.length)
}

/** What cannot be read is as good as not there. */
function parseStored(stored: string | null | undefined): unknown {
  const json = /^\d+:(.*)$/s.exec(stored ?? '')?.[1]
  try {
    return json === undefined ? undefined : parseFrozen(json)
  } catch {
    return undefined
  }
}
