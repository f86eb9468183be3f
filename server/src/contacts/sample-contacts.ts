import { fold } from '../book/fold.ts'
import type { NewContact } from './body-schema.ts'
import { namePools, singleNames } from './sample-names.ts'

/** As POST /api/contacts takes it, with every field of the simple shape there. */
export type SampleContact = Required<
  Pick<NewContact, 'first_name' | 'last_name' | 'email' | 'phone' | 'birthday' | 'additional_data'>
>

/** A number from 0 up to 1, the next one with every call. */
type Random = () => number

const mailDomains = ['example.org', 'example.com', 'example.net']

// Ranges that the countries keep free for films and books; each # is any digit.
const fictionalPhones = [
  '+1 212 555 01##',
  '(415) 555-01##',
  '+44 7700 900###',
  '020 7946 0###',
  '+49 30 23125###',
  '030/23125-###',
  '+33 1 99 00 ## ##',
  '+61 2 5550 ####',
  '+46 8 465 004 ##',
]

const notes = [
  'Met at the climbing hall on Tuesdays.',
  'Allergic to nuts!',
  'Prefers to be called after six.',
  'Old flat mate from university.\nNow lives two streets away.',
  'Plays the cello; knows everybody in the orchestra.',
  'Spielt donnerstags Schach. Mag keine Überraschungen.',
  'Préfère le thé au café ☕',
  'Живе над пекарнею 🥐',
  'Feeds the cat when we are away. Has a key.',
  'Plumber. Reliable, never on Fridays.',
]

/**
 * Invented people of many languages for trying things out: some with one name only, without a phone
 * or without an e-mail address. About one in twenty, and at least three of ten or more, has a
 * birthday from `today` to a week later; one in a hundred was born on 29 February.
 * @param seed the same seed, count and day give the same people
 */
export function sampleContacts(
  count: number,
  today: Temporal.PlainDate,
  seed = 1,
): SampleContact[] {
  const random = randomFrom(seed)
  return Array.from({ length: count }, (_, index) => sampleContact(index, today, random))
}

function sampleContact(index: number, today: Temporal.PlainDate, random: Random): SampleContact {
  const { first, last } = sampleName(random)
  return {
    first_name: first?.name ?? null,
    last_name: last?.name ?? null,
    email: chance(random, 0.8) ? sampleEmail([first, last], random) : null,
    phone: chance(random, 0.8) ? samplePhone(random) : null,
    birthday: sampleBirthday(index, today, random),
    additional_data: chance(random, 0.25) ? pick(notes, random) : null,
  }
}

type Name = { name: string; latin: string }

function sampleName(random: Random): { first: Name | null; last: Name | null } {
  if (chance(random, 0.04)) return { first: nameOf(pick(singleNames, random)), last: null }
  const { given, family } = pick(namePools, random)
  const last = nameOf(pick(family, random))
  const isKnownByLastName = chance(random, 0.02)
  return { first: isKnownByLastName ? null : nameOf(pick(given, random)), last }
}

function nameOf(entry: string): Name {
  const [name = entry, romanised = name] = entry.split('=')
  return { name, latin: fold(romanised).replaceAll(/[^a-z]/g, '') }
}

function sampleEmail(names: (Name | null)[], random: Random): string {
  const known = names.filter((name) => name !== null).map(({ latin }) => latin)
  const number = chance(random, 0.3) ? String(between(1, 99, random)) : ''
  return `${known.join(pick(['.', '_', ''], random))}${number}@${pick(mailDomains, random)}`
}

function samplePhone(random: Random): string {
  return pick(fictionalPhones, random).replaceAll('#', () => String(between(0, 9, random)))
}

function sampleBirthday(index: number, today: Temporal.PlainDate, random: Random): string | null {
  const year = today.year - between(1, 95, random)
  const isYearKnown = chance(random, 0.85)
  if (index < 3 || index % 33 === 0) {
    return birthdayOn(today.add({ days: between(0, 7, random) }), isYearKnown ? year : null)
  }
  if (chance(random, 0.1)) return null
  const yearEnd = Temporal.PlainDate.from({ year: today.year, month: 12, day: 31 })
  const leapDay = Temporal.PlainDate.from('2000-02-29')
  const anyDay = yearEnd.subtract({ days: between(0, 364, random) })
  return birthdayOn(index % 100 === 9 ? leapDay : anyDay, isYearKnown ? year : null)
}

function birthdayOn(day: Temporal.PlainDate, year: number | null): string {
  const { month, day: dayOfMonth } = day
  const isLeapDay = month === 2 && dayOfMonth === 29
  const date = Temporal.PlainDate.from({
    // The last leap year up to then: among years that people alive were born in, every fourth.
    year: year === null ? 2000 : isLeapDay ? year - (year % 4) : year,
    month,
    day: dayOfMonth,
  })
  return year === null ? `-${date.toString().slice('2000'.length)}` : date.toString()
}

function pick<T>(choices: readonly T[], random: Random): T {
  const choice = choices[Math.floor(random() * choices.length)]
  if (choice === undefined) throw new RangeError('there is nothing to choose from')
  return choice
}

/** A whole number; both ends count. */
function between(least: number, most: number, random: Random): number {
  return least + Math.floor(random() * (most - least + 1))
}

function chance(random: Random, share: number): boolean {
  return random() < share
}

/** Mulberry32: small, fast and even enough for samples; never for secrets. */
function randomFrom(seed: number): Random {
  let state = seed | 0
  return () => {
    state = (state + 0x6d2b79f5) | 0
    let bits = Math.imul(state ^ (state >>> 15), 1 | state)
    bits = (bits + Math.imul(bits ^ (bits >>> 7), 61 | bits)) ^ bits
    return ((bits ^ (bits >>> 14)) >>> 0) / 2 ** 32
  }
}
