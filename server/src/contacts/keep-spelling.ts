import { isDeepStrictEqual } from 'node:util'
import { canonicalContact } from '../vcard/canonical.ts'
import type { Contact } from '../book/contact.ts'

/**
 * What is read of a card, in the words of whoever typed it: a card has no room for white space around
 * a phone number, say. Where they say something else, the card counts.
 */
export function keepSpelling(read: Contact, typed: Contact): Contact {
  if (isDeepStrictEqual(read, typed)) return read
  const canonical = canonicalContact(typed)
  const fields = (Object.keys(read) as (keyof Contact)[]).map((field) => {
    const isSame = isDeepStrictEqual(canonical[field], read[field])
    return [field, isSame ? typed[field] : read[field]]
  })
  return Object.fromEntries(fields)
}
