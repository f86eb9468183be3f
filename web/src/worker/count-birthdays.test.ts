import assert from 'node:assert/strict'
import { it } from 'node:test'
import { countBirthdays } from './count-birthdays.ts'

it('birthdays of today count into the week, and what is no date counts nowhere', () => {
  const birthdays = ['1990-11-29', '--11-29', '--12-06', '--12-07', '1990-11-28', 'spring', null]
  assert.deepEqual(countBirthdays(birthdays, { year: 2026, month: 11, day: 29 }), {
    today: 2,
    week: 3,
  })
})
