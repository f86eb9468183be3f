import assert from 'node:assert/strict'
import { createHash } from 'node:crypto'
import { describe, it } from 'node:test'
import fc from 'fast-check'
import { emptyContact } from '../book/contact.ts'
import { convertCard } from './convert-card.ts'
import { cardPhotoHash } from './photo-hash.ts'
import { writeCard } from './write-card.ts'

const lines = (...lines: string[]) => ['BEGIN:VCARD', ...lines, 'END:VCARD', ''].join('\r\n')

describe('the hash of a card’s photo', () => {
  it('is that of its octets, however a version encodes them', () => {
    const octets = fc.uint8Array({ minLength: 1, maxLength: 300 })
    const mediaType = fc.constantFrom('image/jpeg', 'image/png', 'image/webp')
    fc.assert(
      fc.property(octets, mediaType, (bytes, mediaType) => {
        const hash = createHash('sha256').update(bytes).digest('hex')
        const photo = { kind: 'bytes', mediaType, bytes } as const
        const contact = { ...emptyContact(), first_name: 'Ada' }
        const card = writeCard(
          { uid: '1', rev: new Date(0), contact, categories: [], photo },
          '3.0',
        )
        assert.equal(cardPhotoHash(card), hash)
        assert.equal(cardPhotoHash(convertCard(card, '4.0')), hash)
        const base64 = Buffer.from(bytes).toString('base64')
        const old = lines('VERSION:2.1', `PHOTO;JPEG;ENCODING=BASE64:\r\n ${base64}\r\n`)
        assert.equal(cardPhotoHash(old), hash)
        assert.equal(cardPhotoHash(lines('VERSION:3.0', `P\r\n HOTO;ENCODING=b:${base64}`)), hash)
      }),
    )
  })

  it('is null without a photo, or with a linked one only', () => {
    for (const line of ['FN:Photo', 'X-PHOTO;ENCODING=b:AAAA', 'PHOTO:https://example.org/a.jpg']) {
      assert.equal(cardPhotoHash(lines('VERSION:3.0', line)), null)
    }
    assert.equal(cardPhotoHash(lines('VERSION:3.0', 'PHOTO;ENCODING=b:')), null)
  })
})
