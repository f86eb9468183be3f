import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import fc from 'fast-check'
import { formatBirthday, parseBirthday, twoDigits } from './birthday.ts'

const days = fc
  .date({ min: new Date('0001-01-01'), max: new Date(), noInvalidDate: true })
  .map((date) => date.toISOString().slice(0, 10))

describe('a birthday', () => {
  it('is written as it was read', () => {
    fc.assert(
      fc.property(days, (text) => {
        const birthday = parseBirthday(text)
        assert.ok(birthday)
        assert.equal(formatBirthday(birthday), text)
      }),
    )
  })

  it('is any day of the calendar, and no other', () => {
    fc.assert(
      fc.property(
        fc.record({ year: fc.integer({ min: 1, max: 2024 }), month: fc.nat(14), day: fc.nat(33) }),
        ({ year, month, day }) => {
          const text = [String(year).padStart(4, '0'), ...[month, day].map(twoDigits)].join('-')
          assert.equal(parseBirthday(text) !== undefined, isDayOfCalendar(text))
        },
      ),
    )
  })

  it('needs no year', () => {
    fc.assert(
      fc.property(days, (text) => {
        const birthday = parseBirthday(`-${text.slice(4)}`)
        assert.ok(birthday)
        assert.equal(birthday.year, null)
        assert.equal(formatBirthday(birthday), `-${text.slice(4)}`)
      }),
    )
    assert.deepEqual(parseBirthday('--02-29'), { year: null, md: 229 })
  })

  it('may be today in UTC, but not later', () => {
    const today = Temporal.Now.plainDateISO('UTC')
    assert.ok(parseBirthday(today.toString()))
    assert.equal(parseBirthday(today.add({ days: 1 }).toString()), undefined)
    assert.equal(parseBirthday('9999-12-31'), undefined)
  })

  for (const text of [
    '',
    '1815-12-1',
    '1815-13-01',
    '1815-00-10',
    '1815-12-00',
    '1815-12-32',
    '1815-02-29',
    '1900-02-29',
    '--02-30',
    '--1210',
    '---10',
    '18151210',
    '-1815-12-10',
    '+001815-12-10',
    '0000-01-01',
    '1815-12-10T00:00',
    '1815-12-10\n',
    ' 1815-12-10',
    '١٨١٥-١٢-١٠',
    '10.12.1815',
  ]) {
    it(`is not ${JSON.stringify(text)}`, () => {
      assert.equal(parseBirthday(text), undefined)
    })
  }

  it('is read from no other writing than ours', () => {
    fc.assert(
      fc.property(
        fc.string({ unit: fc.constantFrom('0', '1', '2', '9', '-'), maxLength: 12 }),
        (text) => {
          const birthday = parseBirthday(text)
          if (birthday) assert.equal(formatBirthday(birthday), text)
        },
      ),
    )
  })
})

function isDayOfCalendar(text: string): boolean {
  try {
    return Boolean(Temporal.PlainDate.from(text, { overflow: 'reject' }))
  } catch {
    return false
  }
}
