import type { Contact } from '../book/contact.ts'
import type { Photo } from '../vcard/photo.ts'
import type { CardedRow } from './store/rows.ts'

/** A contact as it stands before a change. */
export type CurrentContact = { contact: Contact; labelIds: string[]; row: CardedRow }

/** What a contact is to become. */
export type WantedContact = {
  contact: Contact
  labelIds: readonly string[]
  /** Without it the photo stays; null removes it. */
  photo?: Photo | null | undefined
  /** Overrides the card's CATEGORIES, which otherwise follow the labels. */
  categories?: readonly string[] | undefined
  /** The card to start from, instead of the stored one; null for none. */
  card?: string | null | undefined
  /** A new UID, for the card as well. */
  uid?: string | undefined
}

export type Edit = (current: CurrentContact) => WantedContact
