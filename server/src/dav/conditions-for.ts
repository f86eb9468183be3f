import { headNow } from '../changes/changes.ts'
import type { Call } from './call.ts'
import { conditionsOf, type Conditions } from './conditions.ts'
import { firstBookSlug, readPath } from './paths.ts'
import { headerOf } from './read-request.ts'
import { findBooks } from './store.ts'
import { syncRoot, syncStateAt } from './sync-state.ts'

/**
 * The conditions of a write, with the sync tokens of books where they name one. A token is compared when the request
 * comes, tags when it is written.
 */
export async function conditionsFor(
  call: Pick<Call, 'services' | 'request' | 'account'>,
): Promise<Conditions> {
  const { request, account } = call
  const { database, config } = call.services
  const namesToken = headerOf(request, 'if')?.includes(syncRoot(config.publicUrl))
  if (!namesToken) return conditionsOf(request)
  const [head, books] = await Promise.all([
    headNow(database, account.userId),
    findBooks(database.read, account.userId),
  ])
  const slugs = new Set([firstBookSlug, ...books.map(({ slug }) => slug)])
  return conditionsOf(request, (path) => {
    const place = readPath(path, account.userId)
    if (place?.kind !== 'book' || !slugs.has(place.slug)) return undefined
    return syncStateAt(config.publicUrl, place.slug, head).syncToken
  })
}
