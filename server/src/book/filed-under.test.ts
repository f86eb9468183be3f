import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { contactWith, type Contact } from './contact.ts'
import { filedUnder, type SortAs } from './filed-under.ts'

const value = (text: string) => [{ label: null, value: text }]
const names = (fields: Partial<Contact>, sortAs: SortAs | null = null) => {
  const { name, givenName } = filedUnder(contactWith(fields), sortAs)
  return [name, givenName]
}

describe('a contact is filed under', () => {
  const all = {
    last_name: 'Lovelace',
    first_name: 'Ada',
    middle_name: 'King',
    company: 'Engines',
    nickname: 'Enchantress',
    emails: value('ada@example.org'),
    phones: value('112'),
    prefix: 'Countess',
    suffix: 'FRS',
  }

  it('its last name, and then its first name', () => {
    assert.deepEqual(names(all), ['Lovelace', 'Ada'])
    assert.deepEqual(names({ last_name: 'Lovelace' }), ['Lovelace', ''])
  })

  it('what is shown, where it has no last name', () => {
    const rest: Partial<Contact> = { ...all }
    delete rest.last_name
    const shown: string[] = []
    for (const field of Object.keys(rest) as (keyof Contact)[]) {
      shown.push(names(rest)[0] ?? '')
      delete rest[field]
    }
    assert.deepEqual(shown, [
      'Ada',
      'King',
      'Engines',
      'Enchantress',
      'ada@example.org',
      '112',
      'Countess',
      'FRS',
    ])
    assert.deepEqual(names({}), ['', ''])
  })

  it('what its card says of its names', () => {
    const dutch = { last_name: 'van der Harten', first_name: 'Rene' }
    const sortAs = { lastName: 'Harten', firstName: null, company: null }
    assert.deepEqual(names(dutch, sortAs), ['Harten', 'Rene'])
    assert.deepEqual(names(dutch, { ...sortAs, firstName: 'René' }), ['Harten', 'René'])
    const theBand = { company: 'The Band' }
    assert.deepEqual(names(theBand, { ...sortAs, lastName: null, company: 'Band' }), ['Band', ''])
    assert.deepEqual(names(theBand, sortAs), ['Harten', ''])
  })

  it('the sound of a name in Chinese characters', () => {
    const yamada = { last_name: '山田', first_name: '太郎' }
    const sound = { phonetic_last_name: 'やまだ', phonetic_first_name: 'たろう' }
    assert.deepEqual(names(yamada), ['山田', '太郎'])
    assert.deepEqual(names({ ...yamada, ...sound }), ['やまだ', 'たろう'])
    assert.deepEqual(names({ ...yamada, phonetic_last_name: 'やまだ' }), ['やまだ', '太郎'])
    assert.deepEqual(names({ last_name: 'Lovelace', phonetic_last_name: 'ˈlʌvleɪs' }), [
      'Lovelace',
      '',
    ])
    assert.deepEqual(names({ last_name: 'Ōno', ...sound }), ['Ōno', 'たろう'])
  })
})
