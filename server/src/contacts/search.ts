import { fold } from './fold.ts'
import { digitsOf, looksDialled, phoneForms } from './phone-number.ts'

/** What the derived columns are made from. */
export type SearchableFields = {
  first_name: string | null
  last_name: string | null
  email: string | null
  phone: string | null
}

/** `like` patterns for the search text, one of which must match. */
export type Alternatives = string[]

// Each field of the search text stands behind a mark of its own, a control character that no
// folded text contains: "starts with" is then "contains the mark and this".
const marks = {
  first_name: '\u0001',
  last_name: '\u0002',
  email: '\u0003',
  phone: '\u0004',
} as const
const end = '\u0005'

// Together below the 2000 octets that a row may have in the covering index.
const maxFieldOctets = 480
const maxSortKeyOctets = 512

/** The text that search reads: all folded fields, the phone in the ways it can be dialled. */
export function searchText(fields: SearchableFields): string {
  const { first_name: firstName, last_name: lastName, email, phone } = fields
  return [
    marks.first_name + foldField(firstName ?? ''),
    marks.last_name + foldField(lastName ?? ''),
    marks.email + foldField(email ?? ''),
    marks.phone + cutOctets(phoneForms(phone ?? '').join(' '), maxFieldOctets),
    end,
  ].join('')
}

/** Sorts by last name, then first name. */
export function sortKey({ first_name: firstName, last_name: lastName }: SearchableFields): string {
  return cutOctets(`${fold(lastName ?? '')}\u0001${fold(firstName ?? '')}`, maxSortKeyOctets)
}

/** Matches where the field begins with this text; both without case or accents. */
export function startsWithPattern(
  field: 'first_name' | 'last_name' | 'email',
  text: string,
): Alternatives {
  return [containsPattern(marks[field] + foldField(text))]
}

/**
 * For each word of a search its alternatives; a row must match all words. Digits match however they
 * are typed, here and in the contact: `+49 (0)30 123` finds `030/123`, `030 123` finds `+4930123`.
 */
export function wordPatterns(query: string): Alternatives[] {
  const folded = fold(query)
  const words = [...new Set(folded.split(' ').filter(Boolean))]
  // A number typed in groups is one number, or else the words that it looks like.
  const whole = looksDialled(folded) ? dialled(folded) : null
  return words.map((word) => {
    const numbers = whole ?? (looksDialled(word) ? dialled(word) : [])
    return shortest([cutOctets(word, maxFieldOctets), ...numbers]).map(containsPattern)
  })
}

/** A number with its country's code is found by its start; other digits are found anywhere. */
function dialled(folded: string): string[] {
  const starts = phoneForms(folded).map((form) => marks.phone + form)
  return folded.includes('+') ? starts : [digitsOf(folded), ...starts]
}

/** Leaves out what contains another of the texts, and so is found wherever that one is. */
function shortest(texts: string[]): string[] {
  const distinct = [...new Set(texts)]
  return distinct.filter((text) =>
    distinct.every((other) => other === text || !text.includes(other)),
  )
}

/** `%` and `_` are plain characters for those who search. */
function containsPattern(text: string): string {
  return `%${text.replaceAll(/[\\%_]/g, String.raw`\$&`)}%`
}

/** What is stored of a field, and so all that a search for the whole field may ask for. */
function foldField(text: string): string {
  return cutOctets(fold(text), maxFieldOctets)
}

/** Cuts to a number of UTF-8 octets, never inside a character. */
function cutOctets(text: string, maxOctets: number): string {
  const octets = Buffer.from(text)
  if (octets.length <= maxOctets) return text
  return new TextDecoder().decode(octets.subarray(0, maxOctets), { stream: true })
}
