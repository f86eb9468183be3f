import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import fc from 'fast-check'
import { toIsoTime, toIsoTimeFromJson } from './ask.ts'

// As PostgreSQL writes them: without the zeros at the end of a fraction.
const times = fc
  .record({
    time: fc.date({
      min: new Date('0001-01-01T00:00:00Z'),
      max: new Date('9999-12-31T23:59:59Z'),
      noInvalidDate: true,
    }),
    microseconds: fc.nat(999),
  })
  .map(({ time, microseconds }) => {
    const iso = time.toISOString()
    const digits = iso.slice(20, 23) + String(microseconds).padStart(3, '0')
    const fraction = `.${digits}`.replace(/\.?0+$/, '')
    return { iso, date: iso.slice(0, 10), clock: iso.slice(11, 19) + fraction }
  })

describe('a time of PostgreSQL', () => {
  it('is read to the millisecond, however many digits it has', () => {
    fc.assert(
      fc.property(times, ({ iso, date, clock }) => {
        assert.equal(toIsoTime(`${date} ${clock}+00`), iso)
        assert.equal(toIsoTimeFromJson(`${date}T${clock}+00:00`), iso)
      }),
    )
  })

  it('is read in any zone', () => {
    const iso = '2026-11-22T18:40:00.250Z'
    assert.equal(toIsoTime('2026-11-22 20:40:00.25+02'), iso)
    assert.equal(toIsoTimeFromJson('2026-11-22T20:40:00.25+02:00'), iso)
  })
})
