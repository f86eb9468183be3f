import type { Address } from '../../src/book/contact.ts'
import type { Chance } from './chance.ts'
import { cultures, type Culture } from './cultures.ts'

/** Somebody who does not exist, with all that could be known of them. */
export type InventedPerson = {
  culture: Culture
  isWoman: boolean
  given: string
  middle: string | null
  family: string
  /** `YYYY-MM-DD` */
  birthday: string
  /** Digits behind the country's code. */
  mobile: string
  landline: string
  email: string
  workEmail: string
  workPhone: string
  company: string
  address: Address
}

// Most books are of one or two countries, with some people from everywhere.
const shares = [30, 22, 9, 7, 6, 7, 9, 4, 4, 3, 3, 3, 3]

export function inventPerson(chance: Chance, culture = anyCulture(chance)): InventedPerson {
  const isWoman = chance.is(0.5)
  const given = chance.one(isWoman ? culture.women : culture.men)
  const family = familyFor(chance.one(culture.families), isWoman)
  const [city, area] = chance.one(culture.dial.cities)
  const company = companyIn(chance, culture)
  const person = {
    culture,
    isWoman,
    given,
    middle: culture.country === 'GB' && chance.is(0.15) ? chance.one(culture.men) : null,
    family,
    birthday: birthdayBetween(chance, 1940, 2006),
    mobile: numberOf(chance, culture, chance.one(culture.dial.mobile)),
    landline: numberOf(chance, culture, area),
    company,
    workPhone: numberOf(chance, culture, area),
    address: addressIn(chance, culture, city),
  }
  return { ...person, email: emailOf(chance, person), workEmail: workEmailOf(person) }
}

export function familyFor(families: string, isWoman: boolean): string {
  const [his = '', hers = his] = families.split('/')
  return isWoman ? hers : his
}

/** Both forms of a family name that women and men have in different ones. */
export function familyOfBoth(culture: Culture, name: string): string {
  return culture.families.find((families) => families.split('/').includes(name)) ?? name
}

export function birthdayBetween(chance: Chance, first: number, last: number): string {
  const time = Date.UTC(first + chance.below(last - first + 1), 0, 1 + chance.below(365))
  return new Date(time).toISOString().slice(0, 10)
}

export function numberOf(chance: Chance, { dial }: Culture, start: string): string {
  const left = dial.digits - start.length
  return start + String(2 + chance.below(8)) + chance.digits(left - 1)
}

export function addressIn(chance: Chance, culture: Culture, city: string): Address {
  const street = spaced(chance.one(culture.streets))
  const number = String(1 + chance.below(140))
  return {
    label: null,
    street:
      culture.country === 'GB' || culture.country === 'FR'
        ? `${number} ${street}`
        : `${street} ${number}`,
    extended: null,
    po_box: null,
    city,
    region: null,
    postal_code: chance.is(0.8) ? chance.digits(5) : null,
    country: null,
  }
}

type Named = Pick<InventedPerson, 'culture' | 'given' | 'family' | 'birthday'>

export function emailOf(chance: Chance, person: Named): string {
  return chance.unused(() => anyEmail(chance, person))
}

function anyEmail(chance: Chance, { culture, given, family, birthday }: Named): string {
  const [first, last] = [asciiOf(latinOf(culture, given)), asciiOf(latinOf(culture, family))]
  const provider = chance.one(culture.providers)
  const words = list('sunny rider moon coffee tiger panda garden blue')
  const local = chance.one([
    `${first}.${last}`,
    `${first}${last}${birthday.slice(2, 4)}`,
    `${first[0]}${last}${chance.digits(2)}`,
    `${chance.one(words)}${chance.one(words)}${chance.digits(2)}`,
    `${last}.${first}${chance.digits(1)}`,
    `${first}_${chance.digits(4)}`,
  ])
  return `${local}@${provider}`
}

/** Named after its founder, or after a part of the town. */
export function companyIn(chance: Chance, culture: Culture): string {
  const kind = spaced(chance.one(culture.companies))
  const founder = familyFor(chance.one(culture.families), false)
  const [city] = chance.one(culture.dial.cities)
  if (culture.isJoined) return `${founder}${kind}`
  return chance.is(0.5) ? `${founder} ${kind}` : `${founder} ${kind} ${city}`
}

export function workEmailOf({
  culture,
  given,
  family,
  company,
}: Pick<InventedPerson, 'culture' | 'given' | 'family' | 'company'>): string {
  const [first, last] = [asciiOf(latinOf(culture, given)), asciiOf(latinOf(culture, family))]
  return `${first}.${last}@${siteOf(company)}`
}

export function siteOf(company: string): string {
  let sum = 0
  for (const letter of company) sum = (sum * 31 + (letter.codePointAt(0) ?? 0)) % 100_000
  const name = asciiOf(company).slice(0, 12) || 'firm'
  return `${name}${sum % 97}.example`
}

/** In Latin letters, as the person writes it. */
export function latinOf(culture: Culture, name: string): string {
  return culture.latin[name]?.[0] ?? name
}

export function asciiOf(name: string): string {
  return name
    .replaceAll(/ß/g, 'ss')
    .replaceAll(/[łŁ]/g, 'l')
    .replaceAll(/ı/g, 'i')
    .normalize('NFKD')
    .toLowerCase()
    .replaceAll(/[^a-z0-9]/g, '')
}

export function spaced(text: string): string {
  return text.replaceAll('-', ' ')
}

function anyCulture(chance: Chance): Culture {
  let at = chance.below(shares.reduce((sum, share) => sum + share, 0))
  for (const [index, share] of shares.entries()) {
    if (at < share) return cultures[index] as Culture
    at -= share
  }
  return cultures[0] as Culture
}

function list(text: string): string[] {
  return text.split(' ')
}
