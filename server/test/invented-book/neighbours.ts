import type { Contact } from '../../src/book/contact.ts'
import type { Chance } from './chance.ts'
import { anyKnown, entryOf, international } from './entries.ts'
import {
  birthdayBetween,
  companyIn,
  emailOf,
  familyFor,
  familyOfBoth,
  inventPerson,
  numberOf,
  siteOf,
  workEmailOf,
  type InventedPerson,
} from './person.ts'

type Making = (chance: Chance) => Contact[]

/** Different people whose entries look alike, as real books have them. */
export const neighbours: Record<string, { count: number; make: Making }> = {
  'a family with one landline and one address': {
    count: 60,
    make: (chance) => {
      const first = inventPerson(chance)
      const size = 2 + chance.below(3)
      return relatives(chance, first, size).map((person) =>
        entryOf(chance, person, {
          landline: true,
          address: chance.is(0.7),
          mobile: chance.is(0.4),
        }),
      )
    },
  },
  'a couple with one e-mail address': {
    count: 30,
    make: (chance) => {
      const first = inventPerson(chance)
      return relatives(chance, first, 2).map((person) =>
        entryOf(
          chance,
          { ...person, email: first.email },
          { email: true, mobile: chance.is(0.5), birthday: chance.is(0.3) },
        ),
      )
    },
  },
  'a father and a son of the same name': {
    count: 25,
    make: (chance) => {
      const father = { ...inventPerson(chance), birthday: birthdayBetween(chance, 1940, 1960) }
      const son = {
        ...father,
        birthday: birthdayBetween(chance, 1968, 1990),
        email: emailOf(chance, father),
        mobile: mobileOf(chance, father),
      }
      const isMarked = chance.is(0.5)
      return [father, son].map((person, index) => {
        const entry = entryOf(chance, person, {
          landline: chance.is(0.7),
          address: true,
          mobile: chance.is(0.5),
          birthday: !isMarked,
        })
        if (isMarked)
          entry.suffix =
            index === 0 ? chance.one(['Sr.', 'sen.', 'Sr']) : chance.one(['Jr.', 'jun.', 'Jr'])
        return entry
      })
    },
  },
  twins: {
    count: 15,
    make: (chance) => {
      const first = inventPerson(chance)
      const [, second = first] = relatives(chance, first, 2)
      return [first, { ...second, birthday: first.birthday }].map((person) =>
        entryOf(chance, person, { birthday: true, address: true, landline: chance.is(0.5) }),
      )
    },
  },
  namesakes: {
    count: 80,
    make: (chance) => {
      const first = inventPerson(chance)
      const other = inventPerson(chance, first.culture)
      const { given, family, culture, isWoman } = first
      const second = { ...other, given, family, isWoman }
      second.email = emailOf(chance, { ...second, culture })
      return [first, second].map((person) => entryOf(chance, person, anyKnown(chance)))
    },
  },
  'namesakes in the same town, or at work': {
    count: 12,
    make: (chance) => {
      const first = inventPerson(chance)
      const { company, address } = first
      const second = {
        ...inventPerson(chance, first.culture),
        given: first.given,
        family: first.family,
        address: { ...address, street: `${first.culture.streets[0]} ${1 + chance.below(99)}` },
      }
      const entries = [first, second].map((person) =>
        entryOf(chance, person, { address: true, mobile: true, birthday: chance.is(0.5) }),
      )
      for (const [index, entry] of entries.entries()) {
        if (chance.is(0.2)) entry.company = index === 0 ? company : companyIn(chance, first.culture)
      }
      return entries
    },
  },
  'people behind one switchboard, with info@ of the firm': {
    count: 12,
    make: (chance) => {
      const first = inventPerson(chance)
      const { culture, company, workPhone } = first
      return Array.from({ length: 7 + chance.below(8) }, () => {
        const person = { ...inventPerson(chance, culture), company }
        const entry = entryOf(chance, person, { mobile: chance.is(0.5) })
        entry.company = company
        entry.phones.push({ label: 'work', value: international(first, workPhone) })
        entry.emails.push({
          label: 'work',
          value: chance.is(0.5) ? `info@${siteOf(company)}` : workEmailOf(person),
        })
        return entry
      })
    },
  },
  'a small office with one number': {
    count: 25,
    make: (chance) => {
      const first = inventPerson(chance)
      const { culture, company, workPhone } = first
      return Array.from({ length: 2 + chance.below(3) }, () => {
        const entry = entryOf(
          chance,
          { ...inventPerson(chance, culture), company },
          { mobile: chance.is(0.5) },
        )
        entry.company = company
        entry.phones.push({ label: 'work', value: international(first, workPhone) })
        return entry
      })
    },
  },
  'extensions of one exchange': {
    count: 15,
    make: (chance) => {
      const { culture, company, workPhone } = inventPerson(chance)
      return [1, 2, 3].map((extension) => {
        const person = { ...inventPerson(chance, culture), company }
        const entry = entryOf(chance, person, {})
        entry.company = company
        entry.phones.push({
          label: 'work',
          value: `+${culture.dial.code}${workPhone.slice(0, -1)}${extension}`,
        })
        return entry
      })
    },
  },
  'a firm and somebody who works there': {
    count: 40,
    make: (chance) => {
      const person = inventPerson(chance)
      const { company, workPhone } = person
      const employee = entryOf(chance, person, { mobile: chance.is(0.5), work: true })
      const firm = structuredClone(employee)
      employee.phones.push({ label: 'work', value: international(person, workPhone) })
      firm.phones = [{ label: 'work', value: international(person, workPhone) }]
      firm.emails = [{ label: null, value: `info@${siteOf(company)}` }]
      return [
        employee,
        { ...firm, first_name: null, middle_name: null, last_name: null, job_title: null },
      ]
    },
  },
  'a number that somebody else has now': {
    count: 25,
    make: (chance) => {
      const before = inventPerson(chance)
      const now = { ...inventPerson(chance, before.culture), mobile: before.mobile }
      return [before, now].map((person) =>
        entryOf(chance, person, { mobile: true, email: chance.is(0.3) }),
      )
    },
  },
  'an assistant with the number of the boss': {
    count: 20,
    make: (chance) => {
      const boss = inventPerson(chance)
      const { company, workPhone, culture } = boss
      const assistant = { ...inventPerson(chance, culture), company }
      return [boss, assistant].map((person) => {
        const entry = entryOf(chance, person, { work: true })
        entry.phones = [{ label: 'work', value: `+${culture.dial.code} ${workPhone}` }]
        return entry
      })
    },
  },
  'brothers and sisters of the same initial': {
    count: 15,
    make: (chance) => {
      const first = inventPerson(chance)
      const names = [...first.culture.women, ...first.culture.men]
      const other = names.find((name) => name[0] === first.given[0] && name !== first.given)
      if (!other) return []
      const second = { ...first, given: other, birthday: birthdayBetween(chance, 1950, 2000) }
      return [first, second].map((person) =>
        entryOf(chance, person, { address: true, landline: true, birthday: chance.is(0.5) }),
      )
    },
  },
  'colleagues whose names are alike': {
    count: 20,
    make: (chance) => {
      const first = inventPerson(chance)
      const { culture, company } = first
      const alike = culture.families
        .map((name) => familyFor(name, first.isWoman))
        .filter((name) => name[0] === first.family[0])
      const second = {
        ...inventPerson(chance, culture),
        company,
        given: first.given,
        family: chance.one(alike),
      }
      if (second.family === first.family) return []
      return [first, second].map((person) => entryOf(chance, person, { work: true }))
    },
  },
}

/** People of one family under one roof: with the same landline and address, all of different names. */
function relatives(chance: Chance, first: InventedPerson, size: number): InventedPerson[] {
  const { culture, landline, address } = first
  const family = familyOfBoth(culture, first.family)
  const people = [first]
  while (people.length < size) {
    const other = inventPerson(chance, culture)
    if (people.some(({ given }) => given === other.given)) continue
    people.push({ ...other, family: familyFor(family, other.isWoman), landline, address })
  }
  return people
}

function mobileOf(chance: Chance, { culture }: InventedPerson): string {
  return numberOf(chance, culture, chance.one(culture.dial.mobile))
}
