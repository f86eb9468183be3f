import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { initialsOf, tintOf } from './initials.ts'

describe('the initials of a name', () => {
  const cases: [name: string, initials: string][] = [
    ['Zoë Łukasiewicz', 'ZŁ'],
    ['Ada', 'A'],
    ['ada king lovelace', 'AL'],
    ['Conan O’Brien', 'CO'],
    ['Jean-Luc Picard', 'JP'],
    ['Марія Шевченко', 'МШ'],
    ['山田', '山'],
    ['ada@example.org', 'A'],
    ['+48 22 123 45 67', ''],
    ['', ''],
  ]
  for (const [name, initials] of cases) {
    it(`are “${initials}” of “${name}”`, () => assert.equal(initialsOf(name, false), initials))
  }

  it('are one letter for a company', () => assert.equal(initialsOf('Blue Bottle', true), 'B'))
})

describe('the tint of somebody', () => {
  it('is the same every time', () => {
    assert.equal(
      tintOf('01a20497-405b-7167-a9e2-939dbd06ad08'),
      tintOf('01a20497-405b-7167-a9e2-939dbd06ad08'),
    )
  })

  it('is every one of the eight for somebody', () => {
    const ids = Array.from({ length: 200 }, (_, at) => `01a20497-405b-7167-a9e2-${at}`)
    assert.deepEqual(new Set(ids.map(tintOf)), new Set([1, 2, 3, 4, 5, 6, 7, 8]))
  })
})
