import type { Redis } from '../cache/redis.ts'
import { refused, type Counter } from './counter.ts'

// The same as in memory: a list per key with the times (ms, by Redis's own clock) of the requests
// that were allowed, newest first. Returns {allowed, places left, wait in ms}. A key that somehow
// holds another type is made anew: it must not look as if Redis were away.
const takePlace = `
local now = redis.call('time')
local ms = now[1] * 1000 + math.floor(now[2] / 1000)
local max, window = tonumber(ARGV[1]), tonumber(ARGV[2])
if redis.call('type', KEYS[1]).ok ~= 'list' then redis.call('del', KEYS[1]) end
local oldest = tonumber(redis.call('lindex', KEYS[1], -1))
while oldest and oldest <= ms - window do
  redis.call('rpop', KEYS[1])
  oldest = tonumber(redis.call('lindex', KEYS[1], -1))
end
local earlier = redis.call('lindex', KEYS[1], max - 1)
if earlier then return { 0, 0, earlier + window - ms } end
local count = redis.call('lpush', KEYS[1], ms)
redis.call('pexpire', KEYS[1], window)
return { 1, max - count, 0 }`

/** Counts for all processes on one Redis; while it is away each process counts for itself. */
export function redisCounter(redis: Redis, fallback: Counter): Counter {
  return {
    async take(key, max, windowSeconds) {
      const answer = await redis.run((client) =>
        client.eval(takePlace, {
          keys: [`kith:limit:${key}`],
          arguments: [String(max), String(windowSeconds * 1000)],
        }),
      )
      if (!Array.isArray(answer)) return fallback.take(key, max, windowSeconds)
      const [allowed, remaining = 0, waitMs = 0] = answer.map(Number)
      return allowed ? { allowed: true, remaining, retryAfterSeconds: 0 } : refused(waitMs)
    },
  }
}
