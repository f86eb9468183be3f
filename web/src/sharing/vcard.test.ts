import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { emptyContact } from '@kith/server/book/contact'
import fc from 'fast-check'
import { encode } from 'uqr'
import { readPhoto } from '../../../server/src/vcard/photo.ts'
import { readCard } from '../../../server/src/vcard/read-card.ts'
import { anyContact } from '../../../server/test/any-contact.ts'
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
  birthday: '--11-25',
  additional_data: 'Knows everything; about\nsourdough, really.',
  phone: '+48 22 123 45 67',
  phones: [
    { label: 'mobile', value: '+48 22 123 45 67' },
    { label: 'work fax', value: '+48 22 765 43 21' },
    { label: 'Allotment', value: '+48 22 999 99 99' },
  ],
  email: 'zoe@blue.example',
  emails: [{ label: null, value: 'zoe@blue.example' }],
  links: [{ label: 'home page', value: 'https://blue.example/zoe' }],
  messengers: [{ label: 'work', service: 'signal', value: '+48 22 123 45 67' }],
  dates: [{ label: 'anniversary', value: '2015-06-20' }],
  relations: [{ label: 'spouse', value: 'Omar' }],
  custom_fields: [{ label: 'Shoe size', value: '39' }],
  photo: null,
  label_ids: [],
  created_at: '2026-11-22T18:40:00.000Z',
  updated_at: '2026-11-22T18:40:00.000Z',
}

describe('a shared contact', () => {
  it('is a vCard that the server reads as the same contact, with its labels', () => {
    const { contact, categories } = readCard(vcardOf(zoe, { labels: ['Friends', 'A, b'] }))
    const { first_name, birthday, additional_data, phones, messengers, dates, links } = contact
    assert.deepEqual(
      { first_name, birthday, additional_data, phones, messengers, dates, links },
      {
        first_name: 'Zoë',
        birthday: '--11-25',
        additional_data: zoe.additional_data,
        phones: zoe.phones,
        messengers: zoe.messengers,
        dates: zoe.dates,
        links: zoe.links,
      },
    )
    assert.deepEqual(contact.custom_fields, zoe.custom_fields)
    assert.deepEqual(categories, ['Friends', 'A, b'])
  })

  it('loses no value on its way, whatever is in it', () => {
    fc.assert(
      fc.property(anyContact, (any) => {
        const contact = { ...zoe, ...any, email: null, phone: null }
        const read = readCard(vcardOf(contact)).contact
        const valuesOf = (one: Pick<Contact, 'phones' | 'emails' | 'relations'>) =>
          [...one.phones, ...one.emails, ...one.relations].map(({ value }) => value)
        assert.deepEqual(valuesOf(read), valuesOf(any))
        assert.equal(read.company, any.company)
      }),
      { numRuns: 200 },
    )
  })

  it('carries its picture', () => {
    const picture = { mediaType: 'image/jpeg', bytes: Uint8Array.of(0xff, 0xd8, 0xff, 0, 200) }
    const photo = readPhoto(vcardOf(zoe, { picture }))
    assert.deepEqual(photo, { kind: 'bytes', ...picture })
  })

  it('is small in a QR code: who it is, and how to reach them', () => {
    const card = smallVcardOf(zoe)
    const { contact } = readCard(card)
    assert.deepEqual(
      [contact.first_name, contact.company, contact.phones.length, contact.additional_data],
      ['Zoë', 'Blue Bottle', 3, null],
    )
    assert.ok(encode(card).size > 20)
  })

  it('is text for a message', () => {
    assert.equal(
      contactText({ ...zoe, phones: zoe.phones.slice(0, 1), messengers: [], links: [] }, (label) =>
        label.toUpperCase(),
      ),
      'Zoë Łukasiewicz\nBaker · Blue Bottle\n+48 22 123 45 67 (MOBILE)\nzoe@blue.example',
    )
  })
})
