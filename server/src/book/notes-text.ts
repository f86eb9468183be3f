import type { Address, Contact } from './contact.ts'
import { fold } from './fold.ts'
import { otherSpellings } from './other-spellings.ts'
import { digitsOf } from './phone-number.ts'
import { cutOctets } from './text.ts'

// More than any card holds: some letters fold to many.
const maxOctets = 1024 * 1024
// Of longer texts, only the start is found in other spellings as well.
const maxRespelled = 2_000

/**
 * The text of notes, addresses and custom fields that a search reads where it is asked to, in the form of
 * the search text: each field between spaces. null for a contact that has none of them.
 */
export function notesText(contact: Contact): string | null {
  const { additional_data: notes, addresses, custom_fields } = contact
  if (notes === null && addresses.length === 0 && custom_fields.length === 0) return null
  const fields = [
    notes,
    ...addresses.flatMap((address) => addressParts.map((part) => address[part])),
    ...custom_fields.flatMap(({ label, value }) => [label, value]),
  ].filter((text): text is string => Boolean(text))
  return cutOctets(` ${fields.flatMap(formsOf).join(mark)} `, maxOctets)
}

// In this order, as a contact has the same text however its address is stored.
const addressParts = [
  'street',
  'extended',
  'po_box',
  'city',
  'region',
  'postal_code',
  'country',
] as const satisfies (keyof Address)[]

/** Between two fields, so that nothing is found across them. */
const mark = ' \u0005 '

function formsOf(text: string): string[] {
  const others = otherSpellings(text.slice(0, maxRespelled))
  return [fold(text), others, groupedNumbers(text)].filter(Boolean)
}

const groupedNumber = /\d[\d\s()./-]{2,}\d/g

/** The numbers in a text that are written in groups, in digits alone: searches look for them so. */
function groupedNumbers(text: string): string {
  const numbers = text.slice(0, maxRespelled).match(groupedNumber) ?? []
  return [...new Set(numbers.map(digitsOf))].filter((digits) => !text.includes(digits)).join(' ')
}
