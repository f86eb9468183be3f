import type { NamePart } from './name-part.ts'
import type { PersonName } from './person-name.ts'
import { tailOf } from './signs.ts'
import type { Traits } from './traits.ts'

/**
 * The keys of a contact, as hashes. Two contacts that may be of one person have one in common: an e-mail
 * address, the end of a number, a name that sounds alike with another sign, or two other signs and the
 * initials.
 */
export function blockKeysOf(traits: Traits): number[] {
  const { emails, phones, company, name, birthday, places } = traits
  const signs = places.map(({ street }) => `s${street}`)
  if (birthday) signs.push(`b${birthday.md}`)
  if (company !== null) signs.push(`c${company}`)
  const codes = signs.length > 0 ? nameCodesOf(name) : []
  const initials = signs.length > 1 ? initialsOf(name) : ''
  return [
    ...new Set([
      ...emails.map((email) => countedKey('email', email)),
      ...phones.map((phone) => countedKey('phone', tailOf(phone))),
      ...codes.flatMap((code) => signs.map((sign) => hashOf(`${code} ${sign}`))),
      ...pairsOf(signs).map((pair) => hashOf(`${initials} ${pair}`)),
    ]),
  ]
}

/** The key of an e-mail address, or of the end of a number; they are negative, and the others are not. */
export function countedKey(kind: 'email' | 'phone', value: string): number {
  return -1 - hashOf(`${kind} ${value}`)
}

/** Whether it counts how many contacts have a key. */
export function isCounted(key: number): boolean {
  return key < 0
}

/** The first name with each of the last ones, in one order however they are written. */
function nameCodesOf(name: PersonName | null): string[] {
  if (!name) return []
  if (name.characters !== null) return [name.characters]
  const [given] = name.given
  const ends = [name.family[0], name.family.at(-1)]
  const codes = ends.flatMap((family) => (family ? [family.code] : []))
  const firsts = given ? [given.code] : []
  return [...new Set(codes.map((code) => [code, ...firsts].sort().join(' ')))]
}

function initialsOf(name: PersonName | null): string {
  if (!name) return ''
  return [name.given[0], name.family[0]].map(initialOf).sort().join('')
}

function initialOf(part: NamePart | undefined): string {
  return (part?.sounds[0] ?? part?.text ?? '').slice(0, 1)
}

function pairsOf(signs: string[]): string[] {
  return signs.flatMap((sign, at) => signs.slice(at + 1).map((other) => `${sign} ${other}`))
}

/**
 * 53 bits of two hashes that go over the text together (FNV-1a with two primes, mixed as in MurmurHash 3).
 * Contacts that share one by chance are compared, and found to be different.
 */
function hashOf(text: string): number {
  let [high, low] = [0xdeadbeef, 0x41c6ce57]
  for (let at = 0; at < text.length; at++) {
    const unit = text.charCodeAt(at)
    high = Math.imul(high ^ unit, 2654435761)
    low = Math.imul(low ^ unit, 1597334677)
  }
  high = Math.imul(high ^ (high >>> 16), 2246822507) ^ Math.imul(low ^ (low >>> 13), 3266489909)
  low = Math.imul(low ^ (low >>> 16), 2246822507) ^ Math.imul(high ^ (high >>> 13), 3266489909)
  return (low >>> 11) * 2 ** 32 + (high >>> 0)
}
