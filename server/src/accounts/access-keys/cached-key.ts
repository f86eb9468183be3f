import type { Cache, CacheEntry } from '../../cache/cache.ts'
import type { AccessKeyRow } from '../../db/tables.ts'

/** What every request needs of its key; `expiresAt` in ms since 1970. */
export type CachedKey = {
  userId: string
  scope: AccessKeyRow['scope']
  expiresAt: number | null
  revoked: boolean
}

export function keyEntry(row: AccessKeyRow): CacheEntry & { value: CachedKey } {
  return {
    key: cacheKeyOf(row.id),
    version: 1,
    value: {
      userId: row.user_id,
      scope: row.scope,
      expiresAt: row.expires_at?.getTime() ?? null,
      revoked: false,
    },
  }
}

/** Records in the cache that keys are gone. Call after the commit. */
export async function putRevokedInCache(
  { cache }: { cache: Cache },
  rows: AccessKeyRow[],
): Promise<void> {
  if (rows.length === 0) return
  // A newer version, so that a slow reader of the row cannot bring the key back.
  const revoked = rows.map((row) => {
    const { key, value } = keyEntry(row)
    return { key, version: 2, value: { ...value, revoked: true } }
  })
  await cache.put(revoked)
}

export function cacheKeyOf(id: string): string {
  return `access-key:${id}`
}

export function isCachedKey(value: unknown): value is CachedKey {
  if (typeof value !== 'object' || value === null) return false
  const { userId, scope, expiresAt, revoked } = value as Partial<CachedKey>
  return (
    typeof userId === 'string' &&
    (scope === 'read_only' || scope === 'read_write') &&
    (expiresAt === null || typeof expiresAt === 'number') &&
    typeof revoked === 'boolean'
  )
}
