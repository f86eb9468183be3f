import type { Database } from '../../db/database.ts'
import type { Logger } from '../../log.ts'
import type { Client } from '../client.ts'
import type { KeyHolder } from './identity.ts'
import { touchAccessKeys, type KeyUse } from './queries.ts'

const flushEveryMs = 30_000

export type KeyUses = ReturnType<typeof createKeyUses>

/** Notes when and by whom keys were last used, and writes it down for all of them every half minute. */
export function createKeyUses(db: Database, log: Logger) {
  let uses = new Map<string, KeyUse>()
  const timer = setInterval(() => void flush(), flushEveryMs).unref()

  async function flush() {
    if (uses.size === 0) return
    const batch = [...uses.values()]
    uses = new Map()
    // A lost half minute of "last use" is not worth a retry.
    await touchAccessKeys(db, batch).catch((error: unknown) =>
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
