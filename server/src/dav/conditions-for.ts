import { headNow } from '../changes/changes.ts'
import type { Call } from './call.ts'
import { conditionsOf, type Conditions } from './conditions.ts'
import { bookPath } from './paths.ts'
import { headerOf } from './read-request.ts'
import { syncRoot, syncStateAt } from './sync-state.ts'

/**
 * The conditions of a write at a place, with the sync token of its book where they name one. A token is compared
 * when the request comes, tags when it is written.
 */
export async function conditionsFor(
  call: Pick<Call, 'services' | 'request' | 'account' | 'place'>,
): Promise<Conditions> {
  const { request, place, account } = call
  const { database, config } = call.services
  const namesToken = headerOf(request, 'if')?.includes(syncRoot(config.publicUrl))
  if (!namesToken || (place.kind !== 'card' && place.kind !== 'book')) return conditionsOf(request)
  const head = await headNow(database, account.userId)
  const { syncToken } = syncStateAt(config.publicUrl, place.slug, head)
  return conditionsOf(request, { path: bookPath(account.userId, place.slug), syncToken })
}
