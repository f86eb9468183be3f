import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { guessesFrom } from './guesses.ts'
import { regionOfPhones } from './phone-region.ts'

const nothing = { languages: [], phoneRegion: null, region: null }

describe('what is guessed', () => {
  it('is nothing of nothing', () => {
    assert.deepEqual(guessesFrom(nothing), { language: null, region: null, time_zone: null })
  })

  for (const [languages, language, region] of [
    [['uk', 'en-US', 'en'], 'uk', 'UA'],
    [['de-AT', 'de'], 'de-AT', 'AT'],
    [['en-GB', 'en'], 'en-GB', 'GB'],
    [['zh-Hant-TW'], 'zh-Hant-TW', 'TW'],
    [['de', 'de-CH'], 'de', null],
    [['en-US', 'en', 'uk'], 'en-US', null],
    [['es-419'], 'es-419', null],
    [['eo'], 'eo', null],
  ] as const) {
    it(`is the region ${region} for a browser in ${languages.join(', ')}`, () => {
      const guesses = guessesFrom({ ...nothing, languages: [...languages] })
      assert.deepEqual([guesses.language, guesses.region], [language, region])
    })
  }

  it('follows phone numbers rather than languages', () => {
    const guesses = guessesFrom({ languages: ['uk-UA'], phoneRegion: 'AT', region: null })
    assert.equal(guesses.region, 'AT')
  })

  it('is the time zone of a region that has one, of the set region before a guessed one', () => {
    const zone = (region: string) =>
      guessesFrom({ ...nothing, phoneRegion: 'PL', region }).time_zone
    assert.equal(guessesFrom({ ...nothing, phoneRegion: 'PL' }).time_zone, 'Europe/Warsaw')
    assert.equal(zone('AT'), 'Europe/Vienna')
    assert.equal(zone('DE'), 'Europe/Berlin')
    assert.equal(zone('US'), null)
    assert.equal(zone('ZZ'), null)
  })
})

describe('the region of phone numbers', () => {
  const ukrainian = ['+380 44 123 45 67', '+380501234567', ' +38 (067) 123-45-67']

  it('is the one of two thirds of those with a country code', async () => {
    assert.equal(await regionOfPhones(ukrainian), 'UA')
    assert.equal(await regionOfPhones([...ukrainian, '0501234567', '112', '+43 1 58858']), 'UA')
    assert.equal(await regionOfPhones([...ukrainian, '+43 1 58858', '+43 1 58858 1']), null)
  })

  it('is none of too few, of none, and of numbers that are none', async () => {
    assert.equal(await regionOfPhones(ukrainian.slice(1)), null)
    assert.equal(await regionOfPhones([]), null)
    assert.equal(await regionOfPhones(['+', '+0', '+999 1', '+999 2', '+x']), null)
  })
})
