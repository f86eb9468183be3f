import type { Contact } from '../book/contact.ts'
import type { SortAs } from '../book/filed-under.ts'
import { toColumns } from './store/columns.ts'
import type { StoredContact } from './store/stored-contact.ts'
import { storedUid } from './to-stored.ts'

/** A card from outside, with what was read of it. */
export type IncomingCard = {
  text: string
  /** As the card states it. */
  version: string | null
  uid: string | null
  contact: Contact
  sortAs: SortAs | null
  /** SHA-256 of its photo, in hex. */
  photoHash: string | null
}

/** A contact whose card is stored as it came, to the octet. */
export function storedAsCame(
  { text, version, uid, contact, sortAs, photoHash }: IncomingCard,
  id: string,
  labels: { ids: string[]; names: readonly string[] },
): StoredContact {
  return {
    columns: toColumns(contact, labels.names, sortAs),
    labelIds: labels.ids,
    uid: storedUid(id, uid),
    photoHash,
    // A card that states no version is read as the oldest.
    card: { version: version ?? '2.1', text },
  }
}
