import type { OpenDatabase } from '../../db/database.ts'
import type { Logger } from '../../log.ts'
import type { Client } from '../client.ts'
import type { KeyHolder } from './identity.ts'
import { touchAccessKey, touchAccessKeys, type KeyUse } from './queries.ts'

const flushEveryMs = 30_000

export type KeyUses = ReturnType<typeof createKeyUses>

type Writing = Pick<OpenDatabase, 'write' | 'isDistributed'>

/** Notes when and by whom keys were last used, and writes it down for all of them every half minute. */
export function createKeyUses(database: Writing, log: Logger) {
  const uses = new Map<string, KeyUse>()
  const timer = setInterval(() => void flush(), flushEveryMs).unref()

  /** Of one user, or of all. */
  async function flush(only?: string) {
    const batch = [...uses.values()].filter(({ userId }) => only === undefined || userId === only)
    if (batch.length === 0) return
    for (const { id } of batch) uses.delete(id)
    // A lost half minute of "last use" is not worth a retry.
    await touch(database, batch).catch((error: unknown) =>
      log.warn({ err: error }, 'last use of keys was not noted'),
    )
  }

  return {
    note({ user, keyId }: KeyHolder, { ip, userAgent }: Client) {
      const client = userAgent || null
      const use = { userId: user.id, id: keyId, at: new Date(), address: ip, client }
      uses.set(keyId, use)
    },
    flush,
    async [Symbol.asyncDispose]() {
      clearInterval(timer)
      await flush()
    },
  }
}

async function touch({ write, isDistributed }: Writing, batch: KeyUse[]): Promise<void> {
  if (!(await isDistributed())) return touchAccessKeys(write, batch)
  for (const use of batch) await touchAccessKey(write, use)
}
