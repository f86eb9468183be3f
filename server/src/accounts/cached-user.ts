import type { CacheEntry } from '../cache/cache.ts'
import type { UserRow } from '../db/tables.ts'

/** What every request needs of its user: no hash, no secret, plain JSON. */
export type CachedUser = {
  id: string
  username: string
  email: string
  createdAt: string
  avatarUrl: string | null
  disabled: boolean
  gone: boolean
}

type Cacheable = Pick<
  UserRow,
  'id' | 'username' | 'email' | 'created_at' | 'avatar_url' | 'disabled_at' | 'version'
>

export function userEntry(row: Cacheable): CacheEntry & { value: CachedUser } {
  return {
    key: `user:${row.id}`,
    version: row.version,
    value: {
      id: row.id,
      username: row.username,
      email: row.email,
      createdAt: row.created_at.toISOString(),
      avatarUrl: row.avatar_url,
      disabled: row.disabled_at !== null,
      gone: false,
    },
  }
}

/** Stands where a deleted user was, so that a slow reader cannot bring the user back. */
export function goneEntry(row: Cacheable): CacheEntry {
  const { key, version, value } = userEntry(row)
  return { key, version: version + 1, value: { ...value, gone: true } }
}

/** What is in the cache may be anything: only what has this shape is believed. */
export function isCachedUser(value: unknown): value is CachedUser {
  if (typeof value !== 'object' || value === null) return false
  const { id, username, email, createdAt, avatarUrl, disabled, gone } = value as Partial<CachedUser>
  return (
    typeof id === 'string' &&
    typeof username === 'string' &&
    typeof email === 'string' &&
    typeof createdAt === 'string' &&
    (avatarUrl === null || typeof avatarUrl === 'string') &&
    typeof disabled === 'boolean' &&
    typeof gone === 'boolean'
  )
}
