import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { monthDayRanges, nextOccurrence } from './upcoming.ts'

/** One day of a calendar counted by hand, without any date library. */
type Day = { year: number; month: number; day: number; isLeap: boolean }

const lookAhead = [0, 1, 7, 30, 364, 365, 366]
const monthDays = daysOf(2024).map(({ month, day }) => month * 100 + day)

describe('who celebrates in the next days', () => {
  // Of the centuries, 2000 had a 29 February, 2100 has none.
  for (const [from, to] of [
    [2000, 2000],
    [2023, 2029],
    [2099, 2101],
  ] as const) {
    it(`is the same as by walking through the calendar, every day from ${from} to ${to}`, () => {
      const calendar = years(from, to + 2).flatMap(daysOf)
      const daysToTry = years(from, to).flatMap(daysOf).length
      for (let index = 0; index < daysToTry; index++) compareWithWalk(calendar, index)
    })
  }

  it('counts the age that is reached that day', () => {
    const today = Temporal.PlainDate.from('2026-11-22')
    const turns = (year: number | null, md: number) => nextOccurrence({ year, md }, today).turns
    assert.equal(turns(1815, 1210), 211)
    assert.equal(turns(2000, 1122), 26)
    assert.equal(turns(2000, 1121), 27)
    assert.equal(turns(2026, 1121), 1)
    assert.equal(turns(2026, 1122), 0)
    assert.equal(turns(null, 1210), null)
    // Asked about a day before the birth.
    assert.equal(turns(2030, 1210), null)
  })

  it('keeps 29 February on 28 February in common years', () => {
    const next = (today: string) =>
      nextOccurrence({ year: 2000, md: 229 }, Temporal.PlainDate.from(today)).date
    assert.equal(next('2027-02-28'), '2027-02-28')
    assert.equal(next('2027-03-01'), '2028-02-29')
    assert.equal(next('2028-02-28'), '2028-02-29')
    assert.equal(next('2099-12-31'), '2100-02-28')
  })
})

/** Both functions against the definition, for every birthday, from one day on. */
function compareWithWalk(calendar: Day[], index: number) {
  const today = toDate(calendar[index])
  const on = today.toString()
  const expected = walk(calendar, index)
  const dates = new Map<number, string>()
  for (const md of monthDays) {
    const { date, daysUntil } = nextOccurrence({ year: null, md }, today)
    if (daysUntil !== expected.get(md)) assert.fail(`${md} on ${on}: ${daysUntil} days`)
    dates.set(daysUntil, date)
  }
  for (const [daysUntil, date] of dates) {
    if (date !== toDate(calendar[index + daysUntil]).toString()) assert.fail(`${date} on ${on}`)
  }
  for (const days of lookAhead) {
    const ranges = monthDayRanges(today, days)
    for (const md of monthDays) {
      const isFound = ranges.some(({ from, to }) => md >= from && md <= to)
      const isDue = (expected.get(md) ?? Infinity) <= days
      if (isFound !== isDue) assert.fail(`${md}, ${days} days from ${on}: ${isFound}`)
    }
  }
}

/** The definition: the first day from `index` on that celebrates each birthday. */
function walk(calendar: Day[], index: number): Map<number, number> {
  const daysUntil = new Map<number, number>()
  for (let ahead = 0; ahead <= 366; ahead++) {
    for (const md of celebratedOn(calendar[index + ahead])) {
      if (!daysUntil.has(md)) daysUntil.set(md, ahead)
    }
  }
  return daysUntil
}

function celebratedOn(date: Day | undefined): number[] {
  assert.ok(date)
  const md = date.month * 100 + date.day
  return md === 228 && !date.isLeap ? [228, 229] : [md]
}

function daysOf(year: number): Day[] {
  const isLeap = (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0
  const lengths = [31, isLeap ? 29 : 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31]
  return lengths.flatMap((length, month) =>
    Array.from({ length }, (_, day) => ({ year, month: month + 1, day: day + 1, isLeap })),
  )
}

function years(from: number, to: number): number[] {
  return Array.from({ length: to - from + 1 }, (_, index) => from + index)
}

function toDate(day: Day | undefined): Temporal.PlainDate {
  assert.ok(day)
  return Temporal.PlainDate.from({ year: day.year, month: day.month, day: day.day })
}
