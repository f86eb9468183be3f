import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { groupBirthdays } from './group-birthdays.ts'

const born = (title: string, birthday: string) => ({ id: title, title, birthday })
const today = { year: 2026, month: 11, day: 29 }

function groups(people: { id: string; title: string; birthday: string }[], day = today) {
  return groupBirthdays(people, day).map(({ when, celebrations }) => [
    when,
    ...celebrations.map(({ person, turns }) =>
      turns === null ? person.id : `${person.id} ${turns}`,
    ),
  ])
}

describe('birthdays', () => {
  it('are today, this week, and then by month for a year', () => {
    const people = [
      born('yesterday', '1990-11-28'),
      born('b today', '1986-11-29'),
      born('a today', '--11-29'),
      born('in a week', '2000-12-06'),
      born('in eight days', '2000-12-07'),
      born('new year', '--01-01'),
      born('tomorrow', '1990-11-30'),
    ]
    assert.deepEqual(groups(people), [
      ['today', 'a today', 'b today 40'],
      ['week', 'tomorrow 36', 'in a week 26'],
      ['2026-12', 'in eight days 26'],
      ['2027-01', 'new year'],
      ['2027-11', 'yesterday 37'],
    ])
  })

  it('of 29 February are on the 28th in common years', () => {
    const leap = [born('leap', '2004-02-29')]
    assert.deepEqual(groups(leap, { year: 2027, month: 2, day: 28 }), [['today', 'leap 23']])
    assert.deepEqual(groups(leap, { year: 2028, month: 2, day: 28 }), [['week', 'leap 24']])
  })

  it('leave out what is no date', () => {
    assert.deepEqual(groups([born('x', 'circa 1800')]), [])
  })
})
