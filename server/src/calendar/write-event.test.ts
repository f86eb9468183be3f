import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import fc from 'fast-check'
import {
  findPythonCalendar,
  shownDays,
  shownDaysInPython,
  type ShownDay,
  type Years,
} from '../../test/calendars.ts'
import { nextOccurrence } from '../birthdays/upcoming.ts'
import { formatBirthday } from '../book/birthday.ts'
import { contactWith } from '../book/contact.ts'
import { wordsIn } from './languages.ts'
import { parseReminder, triggerOf } from './reminders.ts'
import { writeEvent } from './write-event.ts'
import { yearlyDates } from './yearly-dates.ts'

const stamp = '2026-11-22T18:40:00.000Z'
const wording = { words: wordsIn.en, isLastNameFirst: false }
const python = findPythonCalendar()

const leapDay = fc.record({
  year: fc.constantFrom(null, 1604, 1904, 1972, 2000, 2024),
  month: fc.constant(2),
  day: fc.constant(29),
})
const anyDay = fc.record({
  year: fc.option(fc.integer({ min: 1, max: 2026 })),
  month: fc.integer({ min: 1, max: 12 }),
  day: fc.integer({ min: 1, max: 28 }),
})
const birthdays = fc
  .oneof({ arbitrary: anyDay, weight: 3 }, leapDay)
  .map(({ year, month, day }) => ({ year, md: month * 100 + day }))
const reminders = fc.uniqueArray(fc.constantFrom('-P7D', '-PT0S', '-P1DT2H', '-PT9H'), {
  maxLength: 3,
})
const people = fc.array(
  fc.record({ birthday: birthdays, name: fc.string({ unit: 'grapheme', maxLength: 60 }) }),
  { minLength: 1, maxLength: 8 },
)

type Person = { birthday: { year: number | null; md: number }; name: string }

/** A calendar of people, of whom each has its place as id. */
function calendarOf(list: readonly Person[], counted: Years, reminders: readonly string[]): string {
  const events = list.flatMap(({ birthday, name }, index) => {
    const contact = contactWith({ first_name: name, birthday: formatBirthday(birthday) })
    const options = { counted, triggers: reminders.map(triggerOf) }
    const dates = yearlyDates({ id: String(index), contact, died: null }, wording)
    return dates.map((date) => writeEvent(date, stamp, options))
  })
  return `BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:x\r\n${events.join('')}END:VCALENDAR\r\n`
}

/** The days on which people celebrate, as the list of birthdays says. */
function celebrated(
  list: readonly Person[],
  { from, to }: Years,
): { uid: string; date: string; turns: number | null }[] {
  const found = []
  for (const [index, { birthday }] of list.entries()) {
    for (let year = from; year <= to; year++) {
      const { date, turns } = nextOccurrence(birthday, new Temporal.PlainDate(year, 1, 1))
      // Nobody celebrates before they are born.
      if (birthday.year !== null && turns === null) continue
      found.push({ uid: `${index}-birthday`, date, turns })
    }
  }
  return found
}

const keyOf = ({ uid, date }: { uid: string; date: string }) => `${date} ${uid}`

describe('an event of a birthday', () => {
  const counted = { from: 2025, to: 2034 }
  // Twice as many years: those before and behind are without an age.
  const years = { from: 2020, to: 2040 }

  it('is on the days that the rule of birthdays says, with the ages and alarms', () => {
    fc.assert(
      fc.property(people, reminders, (list, reminders) => {
        const shown = shownDays(calendarOf(list, counted, reminders), years)
        const expected = celebrated(list, years)
        assert.deepEqual(shown.map(keyOf).sort(), expected.map(keyOf).sort())
        const byKey = new Map(shown.map((day) => [keyOf(day), day]))
        for (const one of expected) expectDay(byKey.get(keyOf(one)), one, reminders)
      }),
    )
  })

  function expectDay(
    day: ShownDay | undefined,
    { date, turns }: { date: string; turns: number | null },
    reminders: readonly string[],
  ) {
    assert.ok(day)
    const year = Number(date.slice(0, 4))
    const saysAge = turns !== null && turns > 0 && year >= counted.from && year <= counted.to
    assert.equal(day.title.endsWith(` turns ${turns}`), saysAge, day.title)
    assert.equal(day.title.includes(': birthday'), !saysAge, day.title)
    const minutes = reminders.map((one) => 9 * 60 - (parseReminder(one) ?? 0) / 60)
    assert.deepEqual(
      day.reminders,
      minutes.sort((a, b) => a - b),
    )
  }

  it(
    'is the same to Python’s icalendar',
    { skip: python ? false : 'no python3-icalendar' },
    async () => {
      const samples = fc.sample(fc.tuple(people, reminders), 20)
      // One calendar of them all, as a program takes a while to start.
      const list = samples.flatMap(([list]) => list)
      const calendar = calendarOf(list, counted, samples[0]?.[1] ?? [])
      assert.deepEqual(
        await shownDaysInPython(python ?? '', calendar, years),
        shownDays(calendar, years),
      )
    },
  )

  it('has lines of at most 75 octets, never cut within a character', () => {
    fc.assert(
      fc.property(people, reminders, (list, reminders) => {
        const lines = Buffer.from(calendarOf(list, counted, reminders))
          .toString('latin1')
          .split('\r\n')
        for (const line of lines) {
          assert.ok(line.length <= 75)
          const octets = Buffer.from(line, 'latin1')
          assert.ok(octets.equals(Buffer.from(octets.toString())))
        }
      }),
    )
  })

  it('gives every name as it is, whatever it is made of', () => {
    const name = fc.string({
      unit: fc.constantFrom('\\', ';', ',', ':', 'n', '"', 'є', '𝄞', ' a'),
      minLength: 1,
    })
    fc.assert(
      fc.property(
        name.filter((text) => text.trim() === text),
        (name) => {
          const list = [{ birthday: { year: null, md: 1210 }, name }]
          const [day] = shownDays(calendarOf(list, counted, []), { from: 2026, to: 2026 })
          assert.equal(day?.title, `${name}: birthday`)
        },
      ),
    )
  })

  it('starts with the date itself from 1970 on, and in 1972 before that', () => {
    for (const [year, md, start] of [
      [1970, 601, '19700601'],
      [1971, 228, '19710228'],
      [1969, 601, '19720601'],
      [1968, 229, '19720229'],
      [null, 229, '19720229'],
    ] as const) {
      const calendar = calendarOf([{ birthday: { year, md }, name: 'Ada' }], counted, [])
      assert.equal(/DTSTART;VALUE=DATE:(\d+)/.exec(calendar)?.[1], start)
    }
  })

  it('ends on the next day, also at the end of a month, of February and of the year', () => {
    for (const [md, year, end] of [
      [131, 2000, '20000201'],
      [1231, 1999, '20000101'],
      [229, 2000, '20000301'],
      [228, 2001, '20010301'],
      [228, 2000, '20000229'],
    ] as const) {
      const calendar = calendarOf([{ birthday: { year, md }, name: 'Ada' }], counted, [])
      assert.match(calendar, new RegExp(`DTEND;VALUE=DATE:${end}\r\n`))
    }
  })
})
