import { headNow } from '../changes/changes.ts'
import type { Call } from './call.ts'
import { conditionsOf, otherTaggedPaths, type Conditions, type Elsewhere } from './conditions.ts'
import { unlessMissing } from './dav-error.ts'
import { requireReadyFile } from './find-resource.ts'
import { firstBookSlug, readPath } from './paths.ts'
import { headerOf } from './read-request.ts'
import { findBooks } from './store.ts'
import { syncRoot, syncStateAt } from './sync-state.ts'

type Asking = Pick<Call, 'services' | 'request' | 'account'>

/**
 * The conditions of a write, with the sync tokens of books and the tags of other cards where they name any. These are
 * compared as they are when the request comes, the tag of its own resource when that is written.
 */
export async function conditionsFor(call: Asking): Promise<Conditions> {
  const [syncTokenAt, cardAt] = await Promise.all([syncTokensFor(call), otherCardsFor(call)])
  return conditionsOf(call.request, { syncTokenAt, cardAt })
}

async function syncTokensFor({
  services,
  request,
  account,
}: Asking): Promise<Elsewhere['syncTokenAt']> {
  const { database, config } = services
  const namesToken = headerOf(request, 'if')?.includes(syncRoot(config.publicUrl))
  if (!namesToken) return () => undefined
  const [head, books] = await Promise.all([
    headNow(database, account.userId),
    findBooks(database.read, account.userId),
  ])
  const slugs = new Set([firstBookSlug, ...books.map(({ slug }) => slug)])
  return (path) => {
    const place = readPath(path, account.userId)
    if (place?.kind !== 'book' || !slugs.has(place.slug)) return undefined
    return syncStateAt(config.publicUrl, place.slug, head).syncToken
  }
}

async function otherCardsFor(call: Asking): Promise<Elsewhere['cardAt']> {
  const paths = otherTaggedPaths(call.request)
  const cards = await Promise.all(paths.map((path) => findCardAt(call, path)))
  const byPath = new Map(paths.map((path, at) => [path, cards[at]]))
  return (path) => byPath.get(path)
}

async function findCardAt(call: Asking, path: string) {
  const place = readPath(path, call.account.userId)
  if (place?.kind !== 'card') return undefined
  return requireReadyFile(call, place).catch(unlessMissing)
}
