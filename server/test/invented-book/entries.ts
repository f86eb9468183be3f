import { contactWith, type Contact } from '../../src/book/contact.ts'
import type { Chance } from './chance.ts'
import { workEmailOf, type InventedPerson } from './person.ts'

/** How well whoever wrote an entry knows the person: which of the fields they filled in. */
export type Known = Partial<
  Record<'mobile' | 'landline' | 'email' | 'work' | 'birthday' | 'address', boolean>
>

/** What one entry in a book says of a person. */
export function entryOf(chance: Chance, person: InventedPerson, known: Known): Contact {
  const { given, middle, family, culture } = person
  const contact = contactWith({
    first_name: given,
    middle_name: middle !== null && chance.is(0.5) ? middle : null,
    last_name: family,
  })
  if (known.mobile)
    contact.phones.push({ label: 'mobile', value: written(chance, person, person.mobile) })
  if (known.landline)
    contact.phones.push({ label: 'home', value: written(chance, person, person.landline) })
  if (known.email) contact.emails.push({ label: null, value: person.email })
  if (known.work) {
    contact.company = person.company
    contact.emails.push({ label: 'work', value: workEmailOf(person) })
    if (chance.is(0.4))
      contact.phones.push({ label: 'work', value: written(chance, person, person.workPhone) })
    if (chance.is(0.4))
      contact.job_title = chance.one(['Manager', 'Engineer', 'Assistant', 'Nurse', 'Teacher'])
  }
  if (known.birthday) contact.birthday = person.birthday
  if (known.address) contact.addresses.push(person.address)
  // A phone book of the East writes both names as one.
  if (culture.isJoined && chance.is(0.3)) return joined(contact)
  return chance.is(0.06) ? inOneField(contact) : contact
}

export function anyKnown(chance: Chance): Known {
  const known = {
    mobile: chance.is(0.7),
    landline: chance.is(0.15),
    email: chance.is(0.5),
    work: chance.is(0.3),
    birthday: chance.is(0.25),
    address: chance.is(0.2),
  }
  return Object.values(known).some(Boolean) ? known : { ...known, mobile: true }
}

/** Everything but what would be the same in two entries anyhow. */
export function joined(contact: Contact): Contact {
  const name = `${contact.last_name ?? ''}${contact.first_name ?? ''}`
  return { ...contact, first_name: name, last_name: null }
}

export function inOneField(contact: Contact): Contact {
  const name = [contact.first_name, contact.middle_name, contact.last_name]
    .filter(Boolean)
    .join(' ')
  return { ...contact, first_name: name, middle_name: null, last_name: null }
}

/** A number as somebody types it: at home or from abroad, in groups or not. */
export function written(chance: Chance, { culture }: InventedPerson, number: string): string {
  const { code, trunk } = culture.dial
  const grouped = groups(chance, number)
  return chance.one([
    `+${code}${number}`,
    `+${code} ${grouped}`,
    `00${code}${number}`,
    `${trunk}${number}`,
    `${trunk}${grouped}`,
    trunk === '' ? `+${code}-${grouped}` : `+${code} (${trunk})${grouped}`,
  ])
}

/** The same number in the form that every phone understands. */
export function international({ culture }: InventedPerson, number: string): string {
  return `+${culture.dial.code}${number}`
}

function groups(chance: Chance, number: string): string {
  const separator = chance.one([' ', '-', '/', '.', ' '])
  const cut = 2 + chance.below(3)
  const [head, tail] = [number.slice(0, cut), number.slice(cut)]
  return [head, ...(tail.match(/.{1,3}/g) ?? [])].join(separator)
}
