import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { otherProperties } from './lines-without-field.ts'

function others(...lines: string[]) {
  const text = ['BEGIN:VCARD', 'VERSION:3.0', 'FN:Ada', ...lines, 'END:VCARD', ''].join('\r\n')
  return otherProperties(text).map(({ name, value }) => `${name}=${value}`)
}

describe('what no field of a contact holds', () => {
  it('is what only other programs understand', () => {
    const found = others(
      'N:;Ada;;;',
      'TEL;TYPE=CELL:+1 555 0100',
      'item1.EMAIL:ada@example.org',
      'item1.X-ABLabel:Lab',
      'CATEGORIES:Friends',
      'PHOTO;ENCODING=b;TYPE=PNG:AAAA',
      'X-SKILL:Mathematics',
      'SOUND:https://ada.example/ada.ogg',
      'UID:1',
      'NOTE:Notes',
    )
    assert.deepEqual(found, ['X-SKILL=Mathematics', 'SOUND=https://ada.example/ada.ogg'])
  })

  it('is nothing in a card of fields alone', () => {
    assert.deepEqual(others('N:;Ada;;;', 'URL:https://ada.example'), [])
  })

  it('is shown in part where it is long', () => {
    const [key = ''] = others(`KEY:${'😀'.repeat(5_000)}`)
    assert.equal(Array.from(key).length, 'KEY='.length + 1_000)
  })
})
