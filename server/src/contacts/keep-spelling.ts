import { isDeepStrictEqual } from 'node:util'
import type { Contact } from '../book/contact.ts'
import { lists, textFields } from '../book/fields.ts'
import { canonicalContact } from '../vcard/canonical.ts'

/**
 * Restores the user's spelling of values that a card stores in canonical form. Where the two
 * disagree, the card wins.
 */
export function keepSpelling(read: Contact, typed: Contact): Contact {
  if (isDeepStrictEqual(read, typed)) return read
  const canonical = canonicalContact(typed)
  const kept = { ...read }
  for (const field of [...textFields, ...lists]) {
    if (isDeepStrictEqual(canonical[field], read[field])) copy(field, typed, kept)
  }
  return kept
}

function copy<Field extends keyof Contact>(
  field: Field,
  from: Pick<Contact, Field>,
  to: Pick<Contact, Field>,
): void {
  to[field] = from[field]
}
