import { headNow } from '../changes/changes.ts'
import type { Head } from '../changes/queries.ts'
import { makeMissingCards } from '../contacts/made-cards.ts'
import { refreshGroups } from '../labels/refresh-groups.ts'
import { authorOf, type Call } from './call.ts'
import { findBookState } from './store.ts'

/**
 * Makes every contact and group a file whose octets are known, before somebody reads them.
 * @returns where the book is then
 */
export async function prepareBook(call: Pick<Call, 'services' | 'account'>): Promise<Head> {
  const { database } = call.services
  const author = authorOf(call)
  const state = await findBookState(database.read, author.ownerId)
  if (state?.is_ready) return state
  await makeMissingCards(database, author)
  await refreshGroups(database, author)
  return headNow(database, author.ownerId)
}
