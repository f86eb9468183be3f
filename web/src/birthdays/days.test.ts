import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { dayOf, untilMidnight } from './days.ts'

describe('today', () => {
  it('is the day of this device, and ends at its midnight', () => {
    const late = new Date(2026, 11, 31, 23, 59, 59)
    assert.deepEqual(dayOf(late), { year: 2026, month: 12, day: 31 })
    assert.equal(untilMidnight(late), 1000)
  })
})
