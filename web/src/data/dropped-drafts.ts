import { knownUser } from '../device.ts'
import { keyOf } from './draft-stash.ts'

/**
 * Calls back whenever another tab has dropped the draft of a contact, or of a `new` one: it may have been what
 * was typed in this tab.
 * @returns what ends it
 */
export function followDrops(contactId: string, dropped: () => void): () => void {
  const userId = knownUser()
  if (userId === null) return () => {}
  const key = keyOf(userId, contactId)
  const follow = (event: StorageEvent) => {
    // A drop is stashed until it is done.
    if (event.key === key && event.oldValue === 'null' && event.newValue === null) dropped()
  }
  window.addEventListener('storage', follow)
  return () => window.removeEventListener('storage', follow)
}
