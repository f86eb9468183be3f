import { makeMissingCards } from '../contacts/made-cards.ts'
import { refreshGroups } from '../labels/refresh-groups.ts'
import { authorOf, type Call } from './call.ts'

/** Makes every contact and group a file whose octets are known, before somebody reads them. */
export async function prepareBook(call: Pick<Call, 'services' | 'account'>): Promise<void> {
  const { database } = call.services
  const author = authorOf(call)
  // Each looks first, and hardly ever finds something to do.
  await Promise.all([makeMissingCards(database, author), refreshGroups(database, author)])
}
