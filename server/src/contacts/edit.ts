import type { Contact } from '../book/contact.ts'
import type { Photo } from '../vcard/photo.ts'
import type { CardedRow } from './store/rows.ts'

/** A contact as it stands before a change. */
export type Current = { contact: Contact; labelIds: string[]; row: CardedRow }

/** A contact as it shall be. */
export type WantedContact = {
  contact: Contact
  labelIds: readonly string[]
  /** Without it the photo stays; null takes it away. */
  photo?: Photo | null | undefined
  /** What the card's CATEGORIES shall say, where the names of its labels do not tell. */
  categories?: readonly string[] | undefined
  /** The card to begin with, instead of the one that is stored. */
  card?: string | null | undefined
  /** Instead of the UID that it has, in its card as well. */
  uid?: string | undefined
}

export type Edit = (current: Current) => WantedContact
