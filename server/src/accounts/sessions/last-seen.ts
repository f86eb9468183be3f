import type { Database } from '../../db/database.ts'
import type { Logger } from '../../log.ts'
import { touchSessions } from './queries.ts'

const flushEveryMs = 30_000

export type LastSeen = ReturnType<typeof createLastSeen>

/** Notes when sessions were last used, and writes it down for all of them every half minute. */
export function createLastSeen(db: Database, log: Logger) {
  let seen = new Map<string, { userId: string; at: number }>()
  const timer = setInterval(() => void flush(), flushEveryMs).unref()

  async function flush() {
    if (seen.size === 0) return
    const batch = Array.from(seen, ([id, { userId, at }]) => ({ userId, id, at: new Date(at) }))
    seen = new Map()
    // A lost half minute of "last seen" is not worth a retry.
    await touchSessions(db, batch).catch((error: unknown) =>
      log.warn({ err: error }, 'last use was not noted'),
    )
  }

  return {
    note(userId: string, id: string) {
      const known = seen.get(id)
      if (known) known.at = Date.now()
      else seen.set(id, { userId, at: Date.now() })
    },
    flush,
    async [Symbol.asyncDispose]() {
      clearInterval(timer)
      await flush()
    },
  }
}
