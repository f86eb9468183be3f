import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { emptyContact } from '@kith/server/book/contact'
import { encode } from 'uqr'
import { readCard } from '../../../server/src/vcard/read-card.ts'
import type { Contact } from '../worker/calls.ts'
import { contactText } from './contact-text.ts'
import { smallVcardOf, vcardOf } from './vcard.ts'

const zoe: Contact = {
  ...emptyContact(),
  id: '01a20497-405b-7167-a9e2-939dbd06ad08',
  revision: 'm1',
  first_name: 'Zoë',
  last_name: 'Łukasiewicz',
  company: 'Blue Bottle',
  job_title: 'Baker',
  additional_data: 'Knows everything about sourdough.',
  phone: '+48 22 123 45 67',
  phones: [{ label: 'mobile', value: '+48 22 123 45 67' }],
  email: 'zoe@blue.example',
  emails: [{ label: null, value: 'zoe@blue.example' }],
  photo: null,
  label_ids: [],
  created_at: '2026-11-22T18:40:00.000Z',
  updated_at: '2026-11-22T18:40:00.000Z',
}

describe('a shared contact', () => {
  it('is a vCard that says all of it, with its labels', () => {
    const { contact, categories } = readCard(vcardOf(zoe, { labels: ['Friends'] }))
    assert.equal(contact.additional_data, zoe.additional_data)
    assert.deepEqual(contact.phones, zoe.phones)
    assert.deepEqual(categories, ['Friends'])
  })

  it('is small in a QR code: who it is, and how to reach them', () => {
    const card = smallVcardOf(zoe)
    const { contact } = readCard(card)
    assert.deepEqual(
      [contact.first_name, contact.company, contact.phones.length, contact.additional_data],
      ['Zoë', 'Blue Bottle', 1, null],
    )
    assert.ok(encode(card).size > 20)
  })

  it('is text for a message', () => {
    assert.equal(
      contactText(zoe, (label) => label.toUpperCase()),
      'Zoë Łukasiewicz\nBaker · Blue Bottle\n+48 22 123 45 67 (MOBILE)\nzoe@blue.example',
    )
  })
})
