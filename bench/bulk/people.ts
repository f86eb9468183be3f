import { sampleContacts } from '../../server/src/contacts/sample-contacts.ts'
import { today } from '../dataset.ts'
import { randomFrom, type Random } from '../random.ts'

/** Label and value, the label as a phone names it. */
export type Entry = { label: string; value: string }

/** What the files of a bulk run say of one contact, whatever their format. */
export type Person = {
  uid: string
  first: string
  last: string
  nickname: string | null
  company: string | null
  department: string | null
  jobTitle: string | null
  /** As in vCard 4, so that a year may be missing. */
  birthday: string | null
  note: string | null
  emails: Entry[]
  phones: Entry[]
  addresses: (Entry & { city: string; postalCode: string; country: string })[]
  website: string | null
  groups: string[]
}

// What is counted in an export.
const uidPrefix = '6f9619ff-8b86-4011-b42d-'
export const uidPattern = /6f9619ff-8b86-4011-b42d-[0-9a-f]{12}/g

const emailLabels = ['Home', 'Work', 'Other']
const phoneLabels = ['Mobile', 'Home', 'Work', 'Main', 'Weekend cottage']
const streets = ['Quay Street', 'Lindenallee', 'Rue des Lilas', 'Вулиця Садова', 'Storgatan']
const cities = ['Bristol', 'Göttingen', 'Nantes', 'Львів', 'Malmö', 'Springfield']
const countries = ['United Kingdom', 'Germany', 'France', 'Україна', 'Sweden', 'USA']
const companies = [
  'Harbour Glass',
  'Müller & Söhne; Bau',
  'Café Étoile',
  'ТОВ «Зоря»',
  'Nordkap AB',
]
const departments = ['Windows', 'Einkauf', 'Nachtschicht']
const jobTitles = ['Glazier', 'Buchhalterin', 'Directrice, Europe', 'Інженер']
const groupNames = ['Friends', 'Family', 'Choir', 'Work', 'Nachbarn', 'Клієнти']

/** The same people for the same number: with several labelled values each, as phones hold them. */
export function drawPeople(count: number): Person[] {
  const random = randomFrom(20_000)
  return sampleContacts(count, today, 7).map((sample, index) => {
    const name = `person${index}`
    const extraEmails = Array.from({ length: random(3) }, (_, place) => ({
      label: pick(emailLabels, random),
      value: `${name}.${place}@mail.example`,
    }))
    const extraPhones = Array.from({ length: 1 + random(2) }, () => ({
      label: pick(phoneLabels, random),
      value: `+44 7700 900${String(random(1_000)).padStart(3, '0')}`,
    }))
    return {
      uid: uidPrefix + index.toString(16).padStart(12, '0'),
      first: sample.first_name ?? '',
      last: sample.last_name ?? '',
      nickname: sometimes(0.1, random, () => `Nick ${index}`),
      company: sometimes(0.5, random, () => pick(companies, random)),
      department: sometimes(0.15, random, () => pick(departments, random)),
      jobTitle: sometimes(0.3, random, () => pick(jobTitles, random)),
      birthday: sometimes(0.4, random, () => sample.birthday),
      note: sample.additional_data,
      emails: [...entryOf('Home', sample.email), ...extraEmails],
      phones: [...entryOf('Mobile', sample.phone), ...extraPhones],
      addresses: Array.from({ length: random(10) < 4 ? 1 : 0 }, () => ({
        label: pick(['Home', 'Work'], random),
        value: `${1 + random(200)} ${pick(streets, random)}`,
        city: pick(cities, random),
        postalCode: String(10_000 + random(80_000)),
        country: pick(countries, random),
      })),
      website: sometimes(0.15, random, () => `https://${name}.example/about`),
      groups: random(10) < 3 ? [pick(groupNames, random)] : [],
    }
  })
}

function entryOf(label: string, value: string | null): Entry[] {
  return value === null ? [] : [{ label, value }]
}

function sometimes<T>(share: number, random: Random, make: () => T): T | null {
  return random(1_000) < share * 1_000 ? make() : null
}

function pick(choices: string[], random: Random): string {
  return choices[random(choices.length)] ?? ''
}
