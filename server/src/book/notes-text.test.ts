import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { contactWith } from './contact.ts'
import { notesText } from './notes-text.ts'
import { searchWords } from './search-words.ts'

const address = {
  label: 'home',
  street: 'Вулиця Садова 7',
  extended: null,
  po_box: null,
  city: 'Göttingen',
  region: null,
  postal_code: '37073',
  country: 'Germany',
}

describe('the text of notes', () => {
  const contact = contactWith({
    additional_data: 'Met in the Café de Flore.\nCall 030 123 456, ask for O’Brien',
    addresses: [address],
    custom_fields: [{ label: 'Boat', value: 'Ærø' }],
  })
  const text = notesText(contact) ?? ''
  const has = (query: string) =>
    searchWords(query).every(({ texts }) => texts.some((one) => text.includes(one)))

  it('is found by every word, folded as everywhere', () => {
    for (const query of [
      'cafe',
      'CAFÉ flore',
      '030123456',
      '030 123 456',
      'obrien',
      'goettingen',
      'gottingen 37073',
      'садова',
      'sadova',
      'boat aero',
    ]) {
      assert.ok(has(query), query)
    }
    for (const query of ['home', 'flore.call', 'tea']) assert.ok(!has(query), query)
  })

  it('is none where there is nothing to find', () => {
    assert.equal(notesText(contactWith({ first_name: 'Ada' })), null)
  })

  it('holds the longest notes', () => {
    const long = `${'word '.repeat(200_000)}needle`
    assert.ok(notesText(contactWith({ additional_data: long }))?.includes('needle'))
    const longer = '\ufdfa'.repeat(300_000)
    const octets = Buffer.byteLength(notesText(contactWith({ additional_data: longer })) ?? '')
    assert.ok(octets <= 1024 * 1024)
  })
})
