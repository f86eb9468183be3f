import { collationKey } from './collation/collation-key.ts'
import type { Contact } from './contact.ts'
import { filedUnder, type SortAs } from './filed-under.ts'

// What a row may have in its indexes, and what of it the letters of each name may take: there is room
// for the other one then, and for accents.
const maxOctets = 512
const maxNameOctets = 220
const maxGivenNameOctets = 140

/** Sorts by what the contact is filed under, then by its first name, in the root order of CLDR. */
export function sortKey(contact: Contact, sortAs: SortAs | null = null): string {
  const { name, givenName } = filedUnder(contact, sortAs)
  const fields = [
    { text: name, maxOctets: maxNameOctets },
    { text: givenName, maxOctets: maxGivenNameOctets },
  ]
  return collationKey(fields, maxOctets)
}
