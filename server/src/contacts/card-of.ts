import type { Contact } from '../book/contact.ts'
import type { Photo } from '../vcard/photo.ts'
import { writeCard } from '../vcard/write-card.ts'

/** A contact that has no card yet, as its row or as it is to be stored. */
type Cardless = { id: string; uid: string | null; contact: Contact }

type Details = {
  version: '3.0' | '4.0'
  /** When the contact was last changed. */
  rev: Date
  /** The names of its labels. */
  categories: readonly string[]
  photo?: Photo | null | undefined
}

/** The card of a contact that has none: the same text for the same contact. */
export function cardOf({ id, uid, contact }: Cardless, { version, ...details }: Details): string {
  return writeCard({ ...details, uid: uid ?? id, contact }, version)
}
