import type { Pool } from 'pg'
import { Counter, Gauge, Histogram, Registry, collectDefaultMetrics } from 'prom-client'
import type { Cache } from './cache/cache.ts'

export type Metrics = ReturnType<typeof createMetrics>

/** What an operator can watch, in the Prometheus text format at `/metrics`. */
export function createMetrics(pool: Pool) {
  const registry = new Registry()
  const registers = [registry]
  collectDefaultMetrics({ register: registry })
  new Gauge({
    name: 'kith_db_connections',
    help: 'Database connections by state; waiting counts requests that wait for one',
    labelNames: ['state'],
    registers,
    collect() {
      this.set({ state: 'idle' }, pool.idleCount)
      this.set({ state: 'busy' }, pool.totalCount - pool.idleCount)
      this.set({ state: 'waiting' }, pool.waitingCount)
    },
  })
  // Counted in plain numbers: every request adds to them.
  const cacheReads = { hit: 0, miss: 0 }
  new Counter({
    name: 'kith_cache_reads_total',
    help: 'Values asked of the cache, by result: hit or miss',
    labelNames: ['result'],
    registers,
    collect() {
      this.reset()
      for (const [result, count] of Object.entries(cacheReads)) this.inc({ result }, count)
    },
  })
  function count(values: unknown[]): unknown[] {
    for (const value of values) cacheReads[value === undefined ? 'miss' : 'hit']++
    return values
  }

  return {
    registry,
    requests: new Histogram({
      name: 'kith_http_request_seconds',
      help: 'Time from a request to its answer, in seconds',
      labelNames: ['method', 'route', 'status'],
      buckets: [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5],
      registers,
    }),
    mails: new Counter({
      name: 'kith_mails_total',
      help: 'Mails by kind and result: sent, failed (to be tried again), or dropped',
      labelNames: ['kind', 'result'],
      registers,
    }),
    limited: new Counter({
      name: 'kith_rate_limited_total',
      help: 'Requests refused by a rate limit, by its name',
      labelNames: ['limit'],
      registers,
    }),
    reprojected: new Counter({
      name: 'kith_contacts_reprojected_total',
      help: 'Contacts whose derived columns were written anew, as after an upgrade',
      registers,
    }),
    /** The same cache, counting hits and misses. */
    countingCache(cache: Cache): Cache {
      return {
        put: (entries) => cache.put(entries),
        get(keys) {
          const values = cache.get(keys)
          return values instanceof Promise ? values.then(count) : count(values)
        },
      }
    },
  }
}
