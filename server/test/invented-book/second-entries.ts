import type { Contact } from '../../src/book/contact.ts'
import type { Chance } from './chance.ts'
import { anyKnown, entryOf, inOneField, international, joined, type Known } from './entries.ts'
import {
  addressIn,
  asciiOf,
  companyIn,
  emailOf,
  familyFor,
  latinOf,
  type InventedPerson,
} from './person.ts'

/** Two entries of one person. */
export type TruePair = [Contact, Contact]
type Making = (chance: Chance, person: InventedPerson) => TruePair | null

/** One thing that both entries of a pair have, so that somebody could see that they belong together. */
const ties = ['mobile', 'email', 'birthday', 'address', 'work'] as const
const strongTies = ['mobile', 'email'] as const

/**
 * How a second entry of somebody comes about, from what happens to real books. Gives null where it does
 * not happen to such a person.
 */
export const secondEntries: Record<string, { count: number; make: Making }> = {
  'an older export of the same book': {
    count: 55,
    make: (chance, person) => {
      const older = entryOf(chance, person, { mobile: true, email: chance.is(0.5) })
      const newer = structuredClone(older)
      newer.phones.push({ label: 'home', value: international(person, person.landline) })
      if (chance.is(0.5)) newer.birthday = person.birthday
      return [older, newer]
    },
  },
  'the same number, typed at home and from abroad': {
    count: 60,
    make: (chance, person) => {
      const known = { mobile: true, email: false }
      return [
        entryOf(chance, person, known),
        entryOf(chance, person, { ...known, work: chance.is(0.3) }),
      ]
    },
  },
  'a typing error in the name': {
    count: 70,
    make: (chance, person) => {
      const tie = chance.one(strongTies)
      const first = entryOf(chance, person, { ...anyKnown(chance), [tie]: true })
      const second = entryOf(chance, person, { [tie]: true, birthday: chance.is(0.2) })
      const field = second.last_name !== null && chance.is(0.6) ? 'last_name' : 'first_name'
      second[field] = mistyped(chance, second[field] ?? '')
      return second[field] === first[field] ? null : [first, second]
    },
  },
  'a typing error, and no number or address in common': {
    count: 15,
    make: (chance, person) => {
      const first = entryOf(chance, person, { email: true, birthday: true, address: true })
      const second = entryOf(chance, person, { mobile: true, birthday: true, address: true })
      second.last_name &&= mistyped(chance, second.last_name)
      return [first, second]
    },
  },
  'what friends say': {
    count: 80,
    make: (chance, person) => {
      const short = person.culture.friends[person.given]
      if (!short) return null
      const tie = chance.one(strongTies)
      const first = entryOf(chance, person, { ...anyKnown(chance), [tie]: true })
      const friend = { ...person, given: chance.one(short), middle: null }
      const second = entryOf(chance, friend, { [tie]: true, birthday: chance.is(0.2) })
      keepTie(first, second, tie)
      return [first, second]
    },
  },
  'what friends say, and no number or address in common': {
    count: 15,
    make: (chance, person) => {
      const short = person.culture.friends[person.given]
      if (!short) return null
      const friend = { ...person, given: chance.one(short), middle: null }
      const both = { birthday: true, address: true }
      return [
        entryOf(chance, person, { ...both, email: true }),
        entryOf(chance, friend, { ...both, mobile: true }),
      ]
    },
  },
  'the names in the wrong fields': {
    count: 35,
    make: (chance, person) => {
      const tie = chance.one(ties)
      const [first, second] = withTie(chance, person, tie)
      if (second.last_name === null || first.last_name === null) return null
      return [first, { ...second, first_name: second.last_name, last_name: second.first_name }]
    },
  },
  'another employer and address since': {
    count: 50,
    make: (chance, person) => {
      const { culture } = person
      const [city] = chance.one(culture.dial.cities)
      const moved = {
        ...person,
        company: companyIn(chance, culture),
        email: emailOf(chance, person),
        address: addressIn(chance, culture, city),
      }
      const tie = chance.one(['mobile', 'birthday', 'mobile'] as const)
      const known = { work: true, email: true, address: chance.is(0.5), [tie]: true }
      return [entryOf(chance, person, known), entryOf(chance, moved, known)]
    },
  },
  'married since': {
    count: 35,
    make: (chance, person) => {
      if (!person.isWoman || person.culture.isJoined) return null
      const family = familyFor(chance.one(person.culture.families), true)
      if (family === person.family) return null
      const married = { ...person, family: chance.is(0.2) ? `${person.family}-${family}` : family }
      const tie = chance.one(strongTies)
      return [
        entryOf(chance, person, { [tie]: true, birthday: chance.is(0.3) }),
        entryOf(chance, married, { [tie]: true, address: chance.is(0.3) }),
      ]
    },
  },
  'in Latin letters': {
    count: 60,
    make: (chance, person) => {
      const { culture } = person
      if (Object.keys(culture.latin).length === 0) return null
      const tie = chance.one(ties)
      const [first, second] = withTie(chance, person, tie)
      const spelled = {
        ...second,
        first_name: chance.one(culture.latin[person.given] ?? [person.given]),
        last_name: chance.one(culture.latin[person.family] ?? [person.family]),
      }
      return [first, spelled]
    },
  },
  'without accents, or with two letters for one': {
    count: 25,
    make: (chance, person) => {
      const tie = chance.one(ties)
      const [first, second] = withTie(chance, person, tie)
      const plain = (name: string | null) =>
        name &&
        (chance.is(0.5)
          ? name
              .replaceAll('ü', 'ue')
              .replaceAll('ö', 'oe')
              .replaceAll('ä', 'ae')
              .replaceAll('ß', 'ss')
          : name.normalize('NFKD').replaceAll(/\p{M}/gu, ''))
      const changed = {
        ...second,
        first_name: plain(second.first_name),
        last_name: plain(second.last_name),
      }
      const isSame =
        changed.first_name === second.first_name && changed.last_name === second.last_name
      return isSame ? null : [first, changed]
    },
  },
  'by initials': {
    count: 30,
    make: (chance, person) => {
      if (person.culture.isJoined) return null
      const tie = chance.one(['mobile', 'email', 'work'] as const)
      const first = entryOf(chance, person, { ...anyKnown(chance), [tie]: true })
      const initial = {
        ...person,
        given: `${person.given[0]}${chance.one(['.', '', '.'])}`,
        middle: null,
      }
      const second = entryOf(chance, initial, { [tie]: true })
      keepTie(first, second, tie === 'work' ? 'email' : tie)
      return [first, second]
    },
  },
  'the whole name in one field': {
    count: 20,
    make: (chance, person) => {
      const [first, second] = withTie(chance, person, chance.one(ties))
      return [first, person.culture.isJoined ? joined(second) : inOneField(second)]
    },
  },
  'a number or address that a program collected': {
    count: 30,
    make: (chance, person) => {
      const tie = chance.one(strongTies)
      const first = entryOf(chance, person, { ...anyKnown(chance), [tie]: true })
      const bare = entryOf(chance, person, { [tie]: true })
      const given = asciiOf(latinOf(person.culture, person.given))
      const name = tie === 'email' && chance.is(0.5) ? given : null
      return [first, { ...bare, first_name: name, middle_name: null, last_name: null }]
    },
  },
  'nothing in common but the name': {
    count: 20,
    make: (chance, person) => [
      entryOf(chance, person, { email: true }),
      entryOf(chance, person, { mobile: true }),
    ],
  },
}

function withTie(chance: Chance, person: InventedPerson, tie: (typeof ties)[number]): TruePair {
  const known = (): Known => ({ ...sparse(chance), [tie]: true })
  const pair: TruePair = [entryOf(chance, person, known()), entryOf(chance, person, known())]
  keepTie(...pair, tie)
  return pair
}

function sparse(chance: Chance): Known {
  return { email: chance.is(0.2), landline: chance.is(0.2), birthday: chance.is(0.2) }
}

/** The second entry has the e-mail addresses of the first, where these are what ties them. */
function keepTie(first: Contact, second: Contact, tie: string) {
  if (tie === 'email' || tie === 'work') second.emails = structuredClone(first.emails)
}

/** One slip of the fingers: a letter left out, doubled, changed for another, or two in the wrong order. */
function mistyped(chance: Chance, name: string): string {
  const letters = Array.from(name)
  if (letters.length < 4) return name
  const at = 1 + chance.below(letters.length - 2)
  const [letter = '', next = ''] = letters.slice(at, at + 2)
  const changed = chance.one([
    ['', next],
    [letter, letter, next],
    [next, letter],
    [chance.one(Array.from('aeiorstn')), next],
  ])
  letters.splice(at, 2, ...changed)
  return letters.join('')
}
