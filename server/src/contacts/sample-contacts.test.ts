import assert from 'node:assert/strict'
import { test } from 'node:test'
import { nextOccurrence } from '../birthdays/upcoming.ts'
import { parseBirthday } from '../book/birthday.ts'
import { contactFormats as formats } from '../book/formats.ts'
import { sampleContacts, type SampleContact } from './sample-contacts.ts'

const today = Temporal.PlainDate.from('2026-11-22')
const people = sampleContacts(1000, today)

test('the same seed gives the same people, another seed others', () => {
  assert.deepEqual(sampleContacts(50, today, 7), sampleContacts(50, today, 7))
  assert.notDeepEqual(sampleContacts(50, today, 7), sampleContacts(50, today, 8))
})

test('every field is as the API takes it', () => {
  for (const { first_name: first, last_name: last, email, phone, birthday } of people) {
    assert.ok(first ?? last)
    assert.ok(formats['contact-email'].isValid(email ?? ''), `${email}`)
    assert.ok(formats.phone.isValid(phone ?? ''), `${phone}`)
    assert.ok(formats.birthday.isValid(birthday ?? ''), `${birthday}`)
  }
})

test('mail could only go to the domains that are kept for examples', () => {
  for (const { email } of people) {
    if (email !== null) assert.match(email, /^[a-z]+[._]?[a-z]*\d{0,2}@example\.(?:org|com|net)$/)
  }
})

test('every kind of person is among them', () => {
  const kinds: Record<string, (person: SampleContact) => boolean> = {
    'only a first name': ({ last_name: last }) => last === null,
    'only a last name': ({ first_name: first }) => first === null,
    'no e-mail': ({ email }) => email === null,
    'no phone': ({ phone }) => phone === null,
    'no birthday': ({ birthday }) => birthday === null,
    'a birthday without a year': ({ birthday }) => birthday?.startsWith('--') ?? false,
    'a birthday on 29 February': ({ birthday }) => birthday?.endsWith('-02-29') ?? false,
    notes: ({ additional_data: notes }) => notes !== null,
    accents: ({ last_name: last }) => /\p{Script=Latin}/u.test(last?.normalize('NFD') ?? ''),
    Cyrillic: ({ first_name: first }) => /\p{Script=Cyrillic}/u.test(first ?? ''),
    Han: ({ last_name: last }) => /\p{Script=Han}/u.test(last ?? ''),
    Arabic: ({ first_name: first }) => /\p{Script=Arabic}/u.test(first ?? ''),
  }
  for (const [kind, isOfKind] of Object.entries(kinds)) assert.ok(people.some(isOfKind), kind)
})

test('about one in twenty celebrates within a week, and at least three of ten', () => {
  for (const day of ['2026-11-22', '2026-12-29', '2027-02-25', '2028-02-25']) {
    for (let seed = 1; seed <= 5; seed++) {
      const start = Temporal.PlainDate.from(day)
      assert.ok(celebratingSoon(sampleContacts(10, start, seed), start) >= 3, `${day} ${seed}`)
      const many = celebratingSoon(sampleContacts(1000, start, seed), start)
      assert.ok(many >= 30 && many <= 80, `${many} of 1000 on ${day}, seed ${seed}`)
    }
  }
})

test('birthdays are spread over all months', () => {
  const months = Map.groupBy(people, ({ birthday }) => birthday?.slice(-5, -3))
  months.delete(undefined)
  assert.equal(months.size, 12)
})

function celebratingSoon(contacts: SampleContact[], start: Temporal.PlainDate): number {
  return contacts.filter(({ birthday }) => {
    const parsed = birthday === null ? undefined : parseBirthday(birthday)
    return parsed !== undefined && nextOccurrence(parsed, start).daysUntil <= 7
  }).length
}
