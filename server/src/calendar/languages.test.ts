import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { bestLanguage, wordsIn } from './languages.ts'

describe('the language of a calendar', () => {
  it('is the first wanted one that it has', () => {
    assert.equal(bestLanguage(['fr-CH', 'DE-at', 'uk']), 'de')
    assert.equal(bestLanguage(['uk']), 'uk')
    assert.equal(bestLanguage(['fr', 'english']), undefined)
    assert.equal(bestLanguage([]), undefined)
  })
})

describe('a number of years', () => {
  it('has the plural of its language', () => {
    const expected =
      '1 рік, 2 роки, 5 років, 11 років, 12 років, 21 рік, 22 роки, 25 років, 101 рік, 111 років, 121 рік'
    const counts = [1, 2, 5, 11, 12, 21, 22, 25, 101, 111, 121]
    assert.equal(counts.map(wordsIn.uk.years).join(', '), expected)
    assert.deepEqual([1, 2].map(wordsIn.de.years), ['1 Jahr', '2 Jahre'])
    assert.deepEqual([1, 2].map(wordsIn.en.years), ['1 year', '2 years'])
  })

  it('is an age in the title of a birthday', () => {
    const turns = (language: keyof typeof wordsIn) => wordsIn[language].turns('Олена', 36)
    assert.equal(turns('en'), 'Олена turns 36')
    assert.equal(turns('de'), 'Олена wird 36')
    assert.equal(turns('uk'), 'Олена: 36 років')
  })
})
