import { formatBirthday, type Birthday } from '../../book/birthday.ts'
import { withoutCountry } from '../../book/phone-number.ts'
import type { PhoneKey } from './phone-key.ts'
import { isSamePlace, type PlaceKey } from './place-key.ts'
import type { Traits } from './traits.ts'

/** Something besides the names that two entries have in common. */
export type Sign = {
  kind: 'email' | 'phone' | 'birthday' | 'company' | 'address'
  /** As people would write it. */
  value: string
  strength: SignStrength
}

/**
 * How much a sign says:
 * - `own`: an e-mail address or a number of one person, as a rule;
 * - `shared`: one that more than five contacts have;
 * - `partial`: numbers of which one is the end or the beginning of the other, a birthday without its year;
 * - `full`: what many have, but few of them the same name.
 */
export type SignStrength = 'own' | 'shared' | 'partial' | 'full'

/** Whether more contacts have an e-mail address or a number than one person's entries would be. */
export type IsShared = (kind: 'email' | 'phone', value: string) => boolean

// Countries in which people dial no prefix have numbers of eight digits or more.
const minWhole = 8
// As in numbers without an area code.
const minOverlap = 6
const tailLength = 7
// Of an exchange, behind its number.
const maxExtension = 4

// Addresses of a firm, and of nobody in it (RFC 2142 names some).
const isRole =
  /^(?:info|office|contact|kontakt|contacto|contatti|hello|hallo|mail|post|sales|support|service|admin|buero|team|marketing|accounts|billing|jobs|hr|webmaster|postmaster|hostmaster|abuse|no-?reply)@/

/** What two entries have in common besides their names, each kind once with its strongest. */
export function commonSigns(one: Traits, other: Traits, isShared: IsShared): Sign[] {
  const signs = [
    ...one.emails
      .filter((email) => other.emails.includes(email))
      .map((email) => emailSign(email, isShared)),
    ...one.phones.flatMap((phone) =>
      other.phones.flatMap((its) => phoneSign(phone, its, isShared) ?? []),
    ),
    birthdaySign(one.birthday, other.birthday),
    companySign(one, other),
    ...one.places.flatMap((place) => other.places.flatMap((its) => placeSign(place, its) ?? [])),
  ].filter((sign) => sign !== null)
  const distinct = new Map<string, Sign>()
  for (const sign of signs) {
    distinct.getOrInsertComputed(`${sign.kind} ${sign.value}`, () => sign)
  }
  return [...distinct.values()]
}

/** The end of a number, by which it is found however it is written. */
export function tailOf({ national }: PhoneKey): string {
  return national.split('x')[0]?.slice(-tailLength) ?? national
}

function emailSign(email: string, isShared: IsShared): Sign {
  const isCrowd = isRole.test(email) || isShared('email', email)
  return { kind: 'email', value: email, strength: isCrowd ? 'shared' : 'own' }
}

function phoneSign(one: PhoneKey, other: PhoneKey, isShared: IsShared): Sign | null {
  const overlap = overlapOf(one, other)
  if (overlap === null) return null
  const known = one.isCertain || !other.isCertain ? one : other
  const value = known.international ? `+${known.international}` : known.national
  const isCrowd = isShared('phone', tailOf(one))
  return { kind: 'phone', value, strength: isCrowd ? 'shared' : overlap }
}

function overlapOf(one: PhoneKey, other: PhoneKey): 'own' | 'partial' | null {
  if (one.international !== null && one.international === other.international) return 'own'
  if (one.isCertain && other.isCertain) return isExtended(one, other) ? 'partial' : null
  // Somebody who has moved has numbers from where they lived before, written as one dials there.
  const [short, long] =
    one.national.length <= other.national.length
      ? [one.national, other.national]
      : [other.national, one.national]
  if (short === long) return short.length > minOverlap ? 'own' : 'partial'
  const significant = short.replace(/^0+/, '')
  if (significant.length < minOverlap || !long.endsWith(significant)) return null
  return isWhole(significant, one, other) ? 'own' : 'partial'
}

/** Where people dial no prefix at home, a number is the whole of what stands behind the country's code. */
function isWhole(significant: string, one: PhoneKey, other: PhoneKey): boolean {
  return (
    significant.length >= minWhole &&
    [one, other].some(
      ({ international, isCertain }) =>
        isCertain && international !== null && withoutCountry(international) === significant,
    )
  )
}

/** One exchange, and an extension behind it. */
function isExtended({ international: one }: PhoneKey, { international: other }: PhoneKey): boolean {
  if (one === null || other === null) return false
  const [short, long] = one.length < other.length ? [one, other] : [other, one]
  const isBehind = long.startsWith(short) && long.length - short.length <= maxExtension
  return isBehind && short.length > tailLength
}

// The date that programs write when they know none.
const placeholderDay = 101

function birthdaySign(one: Birthday | null, other: Birthday | null): Sign | null {
  if (!one || !other || one.md !== other.md || one.md === placeholderDay) return null
  if (one.year !== null && other.year !== null && one.year !== other.year) return null
  const known = one.year === null ? other : one
  const isWhole = one.year !== null && other.year !== null
  return { kind: 'birthday', value: formatBirthday(known), strength: isWhole ? 'full' : 'partial' }
}

function companySign(one: Traits, other: Traits): Sign | null {
  // The name of a firm's own entry is no sign besides itself.
  if (!one.name || !other.name || one.company === null || one.company !== other.company) return null
  return { kind: 'company', value: one.company, strength: 'full' }
}

function placeSign(one: PlaceKey, other: PlaceKey): Sign | null {
  if (!isSamePlace(one, other)) return null
  const city = one.city ?? other.city
  return { kind: 'address', value: city ? `${one.street}, ${city}` : one.street, strength: 'full' }
}
