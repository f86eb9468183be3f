import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import fc from 'fast-check'
import ICAL from 'ical.js'
import { parseReminder, triggerOf } from './reminders.ts'

describe('a reminder', () => {
  for (const [reminder, trigger] of [
    ['-PT0S', 'PT9H'],
    ['P0D', 'PT9H'],
    ['-P7D', '-P6DT15H'],
    ['-P1W', '-P6DT15H'],
    ['-P1D', '-PT15H'],
    ['-PT9H', 'PT0S'],
    ['-PT30M', 'PT8H30M'],
    ['-P1DT12H', '-P1DT3H'],
    ['-P2DT9H', '-P2D'],
    ['-PT90S', 'PT8H58M30S'],
  ] as const) {
    it(`of ${reminder} before 9:00 is ${trigger} after the start of the day`, () => {
      assert.equal(triggerOf(reminder), trigger)
    })
  }

  it('is as far from 9:00 as it says, whatever its length', () => {
    const parts = fc.tuple(
      fc.integer({ min: 0, max: 300 }),
      fc.integer({ min: 0, max: 99 }),
      fc.integer({ min: 0, max: 99 }),
    )
    fc.assert(
      fc.property(parts, ([days, hours, minutes]) => {
        const reminder = `-P${days}DT${hours}H${minutes}M`
        const before = (days * 24 + hours) * 3600 + minutes * 60
        assert.equal(parseReminder(reminder), before)
        const trigger = ICAL.Duration.fromString(triggerOf(reminder))
        assert.equal(trigger.toSeconds(), 9 * 3600 - before)
      }),
    )
  })
})
