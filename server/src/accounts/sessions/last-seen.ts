import type { OpenDatabase } from '../../db/database.ts'
import type { Logger } from '../../log.ts'
import { touchSession, touchSessions, type SessionUse } from './queries.ts'

const flushEveryMs = 30_000

export type LastSeen = ReturnType<typeof createLastSeen>

type Writing = Pick<OpenDatabase, 'write' | 'isDistributed'>

/** Notes when sessions were last used, and writes it down for all of them every half minute. */
export function createLastSeen(database: Writing, log: Logger) {
  const seen = new Map<string, { userId: string; at: number }>()
  const timer = setInterval(() => void flush(), flushEveryMs).unref()

  /** Of one user, or of all. */
  async function flush(only?: string) {
    const batch: SessionUse[] = []
    for (const [id, { userId, at }] of seen) {
      if (only !== undefined && userId !== only) continue
      batch.push({ userId, id, at: new Date(at) })
      seen.delete(id)
    }
    if (batch.length === 0) return
    // A lost half minute of "last seen" is not worth a retry.
    await touch(database, batch).catch((error: unknown) =>
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

async function touch({ write, isDistributed }: Writing, batch: SessionUse[]): Promise<void> {
  if (!(await isDistributed())) return touchSessions(write, batch)
  for (const use of batch) await touchSession(write, use)
}
