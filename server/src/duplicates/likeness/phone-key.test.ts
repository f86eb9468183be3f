import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import examples from 'libphonenumber-js/examples.mobile.json'
import { getCountries, getExampleNumber } from 'libphonenumber-js/min'
import { createPhoneKeys } from './phone-key.ts'

describe('numbers', () => {
  it('of every country are the same at home and from abroad', () => {
    const countries = getCountries()
    assert.ok(countries.length > 200)
    for (const country of countries) {
      const number = getExampleNumber(country, examples)
      if (!number) continue
      const keyOf = createPhoneKeys(country)
      const expected = number.number.slice(1)
      for (const text of [number.number, number.formatNational(), number.formatInternational()]) {
        assert.equal(keyOf(text)?.international, expected, `${country} ${text}`)
      }
      // Those that are read without the library, too.
      assert.equal(keyOf(number.formatNational())?.international, expected)
    }
  })

  it('are read however they are written', () => {
    const keyOf = createPhoneKeys('DE')
    for (const text of [
      '030 123456',
      '030/12 34 56',
      '+49 (0)30 123456',
      '0049-30-123456',
      '(030) 123456',
      '\u202a+49 30 123456\u202c',
    ]) {
      assert.equal(keyOf(text)?.international, '4930123456', text)
    }
    assert.equal(keyOf('+49 30 123456 ext. 12')?.international, '4930123456x12')
    assert.equal(createPhoneKeys('US')('1-800-FLOWERS')?.international, '18003569377')
  })

  it('have no country where nobody knows the region', () => {
    const keyOf = createPhoneKeys(null)
    assert.deepEqual(keyOf('030 123456'), {
      international: null,
      national: '030123456',
      isCertain: false,
    })
    assert.equal(keyOf('+49 30 123456')?.national, '030123456')
    assert.equal(createPhoneKeys('XX')('030 123456')?.international, null)
  })

  it('are none where there are too few digits, or too many', () => {
    const keyOf = createPhoneKeys('DE')
    for (const text of ['', '-', '12', 'ask Bo', '0'.repeat(40), `+${'1'.repeat(30)}`]) {
      assert.equal(keyOf(text), null, text)
    }
  })
})
