import { LRUCache } from 'lru-cache'
import type { Cache } from '../../cache/cache.ts'
import type { Database } from '../../db/database.ts'
import type { AccessKeyRow } from '../../db/tables.ts'
import { isCachedUser, userEntry, type CachedUser } from '../cached-user.ts'
import { emailKey } from '../email-address.ts'
import { findUserId } from '../user-emails.ts'
import { findUserOfSecret } from '../user-secrets.ts'
import { readBasic } from './basic.ts'
import { cacheKeyOf, isCachedKey, keyEntry, type CachedKey } from './cached-key.ts'
import { findKeyById, findKeyBySecret } from './queries.ts'
import { hashSecret, type KeyKind } from './secret.ts'

/** Who shows a key, and what the key allows. */
export type KeyHolder = { user: CachedUser; keyId: string; scope: AccessKeyRow['scope'] }

/** Which row a secret belongs to, which never changes, and what the cache calls it and its user. */
type Place = { userId: string; keyId: string; cacheKeys: string[] }

// Some 300 bytes each.
const maxPlaces = 5_000

export type KeyIdentities = ReturnType<typeof createKeyIdentities>

/** Whose key it is, if it is one, by what is shown with it. */
type FindUser = (secretHash: Buffer) => Promise<string | undefined>

/** What a secret is known by: its hash, and the same as text with its kind. */
type Known = { hash: Buffer; name: string }

/** An address and an app password as they were shown. */
export type ShownPassword = { emailKey: string; known: Known | undefined }

/** What an `Authorization` header shows, whose hash a caller need not make again for the same header. */
export function readAppPassword(authorization: string | undefined): ShownPassword | undefined {
  const shown = readBasic(authorization)
  return (
    shown && { emailKey: emailKey(shown.username), known: knownBy('app_password', shown.password) }
  )
}

function knownBy(kind: KeyKind, secret: string): Known | undefined {
  const hash = hashSecret(kind, secret)
  return hash && { hash, name: `${kind} ${hash.toString('base64')}` }
}

/**
 * Finds whose a key is: from the cache where this process has seen the key before, else from SQL. Deleting a
 * key works at once, since that reaches the cache after its commit.
 */
export function createKeyIdentities(db: Database, cache: Cache) {
  const places = new LRUCache<string, Place>({ max: maxPlaces })

  async function identify(
    kind: KeyKind,
    { hash, name }: Known,
    findUser: FindUser,
  ): Promise<KeyHolder | undefined> {
    const place = places.get(name)
    const [user, key] = place ? await cache.get(place.cacheKeys) : []
    if (place && isCachedUser(user) && user.id === place.userId && isCachedKey(key)) {
      return admit(user, place.keyId, key)
    }
    const owner = place?.userId ?? (await findUser(hash))
    const found = owner && (await findKeyBySecret(db, owner, kind, hash))
    if (!found) return undefined
    const entries = [userEntry(found.user), keyEntry(found.key)] as const
    const { user_id: userId, id: keyId } = found.key
    places.set(name, { userId, keyId, cacheKeys: [`user:${userId}`, cacheKeyOf(keyId)] })
    await cache.put([...entries])
    return admit(entries[0].value, keyId, entries[1].value)
  }

  async function isAlive(userId: string, keyId: string): Promise<boolean> {
    const [user, key] = await cache.get([`user:${userId}`, cacheKeyOf(keyId)])
    if (isCachedUser(user) && isCachedKey(key)) return admit(user, keyId, key) !== undefined
    const found = await findKeyById(db, userId, keyId)
    if (!found) return false
    return admit(userEntry(found.user).value, keyId, keyEntry(found.key).value) !== undefined
  }

  return {
    /** Whether a key that was good before still is. */
    isAlive,
    /** The holder of an API token that is good now. */
    async byToken(token: string): Promise<KeyHolder | undefined> {
      const known = knownBy('api_token', token)
      return known && identify('api_token', known, (hash) => findUserOfSecret(db, hash))
    },
    /** The holder of an app password that is good now, who must be the one with this address. */
    async byAppPassword({ emailKey: key, known }: ShownPassword): Promise<KeyHolder | undefined> {
      const holder = known && (await identify('app_password', known, () => findUserId(db, key)))
      return holder && emailKey(holder.user.email) === key ? holder : undefined
    },
  }
}

function admit(user: CachedUser, keyId: string, key: CachedKey): KeyHolder | undefined {
  if (user.gone || user.disabled || key.userId !== user.id || key.revoked) return undefined
  if (key.expiresAt !== null && key.expiresAt <= Date.now()) return undefined
  return { user, keyId, scope: key.scope }
}
