import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import fc from 'fast-check'
import { looksDialled, looksSpelled, phoneForms, spelledForms } from './phone-number.ts'

describe('a phone number', () => {
  for (const typed of [
    '+49 30 123456',
    '+49 (0)30 123456',
    '+49 (0) 30 / 12 34 56',
    '+49-30-123456',
    '0049 30 123456',
    '0049.30.123456',
    '00 49 30 123456',
    '(+49) 30 123456',
    '(0049) 30 123456',
    'tel:+49-30-123456',
    '＋４９ ３０ １２３４５６',
    '+٤٩ ٣٠ ١٢٣٤٥٦',
    '\u202a+49\u00a030\u2011123456\u202c',
  ]) {
    it(`is the same when written ${typed}`, () => {
      assert.deepEqual(phoneForms(typed), ['4930123456', '030123456'])
    })
  }

  for (const [typed, ...forms] of [
    ['030 123456', '030123456'],
    ['(0)30 123456', '030123456'],
    ['(030) 123456', '030123456'],
    ['123456', '123456'],
    ['112', '112'],
    // No country's code begins with 0.
    ['000 123', '000123'],
    ['+0 30 123', '030123'],
    ['1-800-FLOWERS', '1800'],
    ['', ''],
    ['+', ''],
    // Nothing but the country: no national number yet.
    ['+49', '49'],
    ['+3', '3'],
    ['+1 212 555 0100', '12125550100', '02125550100'],
    ['+7 495 123-45-67', '74951234567', '84951234567'],
    ['+36 1 234 5678', '3612345678', '0612345678'],
    ['+375 17 123', '37517123', '8017123'],
    ['+380 44 123 45 67', '380441234567', '0441234567'],
    // In Italy the 0 belongs to the number.
    ['+39 06 698 1234', '39066981234', '066981234'],
    ['+49 030 123456', '49030123456', '030123456'],
  ] as const) {
    it(`${JSON.stringify(typed)} can be dialled as ${forms.join(' and ') || 'nothing'}`, () => {
      assert.deepEqual(phoneForms(typed), forms)
    })
  }

  it('leaves only digits of whatever is typed', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        assert.match(phoneForms(text).join(''), /^\d*$/)
      }),
    )
  })

  for (const [typed, ...forms] of [
    ['1-800-FLOWERS', '18003569377'],
    ['1-800-MY-APPLE', '18006927753'],
    ['+1 (800) FLOWERS', '18003569377', '08003569377'],
    ['ABCDEFGHIJKLMNOPQRSTUVWXYZ', '22233344455566677778889999'],
    ['030 123456'],
    [''],
  ] as const) {
    it(`${JSON.stringify(typed)} is spelled for ${forms.join(' and ') || 'nothing'}`, () => {
      assert.deepEqual(spelledForms(typed), forms)
    })
  }

  it('is spelled where letters follow digits, and there is enough of both', () => {
    for (const word of ['1-800-flowers', '0800reimann', '+1800flowers']) {
      assert.equal(looksSpelled(word), true, word)
    }
    for (const word of ['flowers', '3m', '1und1', '0301234567', 'x-1234567', '1@example.org']) {
      assert.equal(looksSpelled(word), false, word)
    }
  })

  it('is what is made of digits and what stands between them', () => {
    for (const text of ['1', '+49 (0)30/12-3.4', '(030)']) assert.equal(looksDialled(text), true)
    for (const text of ['', '+', '- -', '1a', 'ada', '٣', '1,2']) {
      assert.equal(looksDialled(text), false)
    }
  })
})
