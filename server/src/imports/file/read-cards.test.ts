import assert from 'node:assert/strict'
import { randomBytes } from 'node:crypto'
import { describe, it } from 'node:test'
import sharp from 'sharp'
import { readPhoto } from '../../vcard/photo.ts'
import { remark, sentencesOf } from '../remarks/remark.ts'
import type { Entry } from './entry.ts'
import { readCards } from './read-cards.ts'

function card(...lines: string[]): string {
  return ['BEGIN:VCARD', 'VERSION:3.0', ...lines, 'END:VCARD', ''].join('\r\n')
}

function entriesIn(file: string): Promise<Entry[]> {
  async function* chunks() {
    yield Buffer.from(file)
  }
  return Array.fromAsync(readCards(chunks(), null, 0))
}

/** What the report says of each entry of a file. */
async function reported(file: string) {
  return (await entriesIn(file)).map((entry) => {
    if (entry.kind === 'card') return [entry.name, sentencesOf(entry.remarks)]
    return [entry.kind, entry.kind === 'failed' ? entry.remark.detail : null]
  })
}

describe('a file of vCards', () => {
  it('holds two contacts where the second begins on the line that ends the first', async () => {
    const file = card('FN:One', 'TEL:111').trimEnd() + card('FN:Two', 'TEL:222')
    assert.deepEqual(await reported(file), [
      ['One', 'Something follows END:VCARD on the same line: it was read as what comes next.'],
      ['Two', null],
    ])
    const phones = (await entriesIn(file)).map(
      (entry) => entry.kind === 'card' && entry.read.contact.phones.map(({ value }) => value),
    )
    assert.deepEqual(phones, [['111'], ['222']])
  })

  it('fails a card that holds nobody, whatever else is in it', async () => {
    const file = card('Zeitung:Nord') + card('Group: ', 'First name:Eddie') + card('X-OWN:a')
    assert.deepEqual(await reported(file), [
      ['failed', 'The vCard is empty.'],
      ['failed', 'The vCard is empty.'],
      [null, null],
    ])
  })

  it('may hold lines that are no property, of which the report tells one', async () => {
    assert.deepEqual(await reported(card('FN:A', 'TEL:1', `stray${'!'.repeat(99)}`)), [
      ['A', `The line “stray${'!'.repeat(55)}…” is no property of a vCard, and was not read.`],
    ])
    assert.deepEqual(await reported(card('FN:A', 'NOTE:one', 'two')), [['A', null]])
  })

  it('holds a contact also where its photo is larger than a card may be', async () => {
    const side = 1600
    const noise = randomBytes(side * side * 3)
    const raw = { width: side, height: side, channels: 3 } as const
    const photo = await sharp(noise, { raw }).jpeg({ quality: 90 }).toBuffer()
    assert.ok(photo.length > 1024 * 1024)
    const base64 = photo.toString('base64')
    const folded = base64.replaceAll(/.{74}/g, '$&\r\n ')
    const cards = [
      card('FN:Flo Foto', `PHOTO;ENCODING=b;TYPE=JPEG:${folded}`, 'TEL:1'),
      card('FN:Flo Four', `PHOTO:data:image/jpeg;base64,${base64}`, 'TEL:1'),
      card('FN:Old', `PHOTO;JPEG;BASE64:${folded}`, '', 'TEL:1'),
    ]
    const file = cards.join('').replace('3.0\r\nFN:Flo Four', '4.0\r\nFN:Flo Four')
    const entries = await entriesIn(file.replace('3.0\r\nFN:Old', '2.1\r\nFN:Old'))
    assert.equal(entries.length, 3)
    for (const entry of entries) {
      assert.ok(entry.kind === 'card')
      const { read, text, remarks, photoHash } = entry
      assert.deepEqual(
        remarks.map(({ code }) => code),
        ['photo_made_smaller'],
      )
      assert.deepEqual(read.contact.phones, [{ label: null, value: '1' }])
      const smaller = readPhoto(text)
      assert.ok(smaller?.kind === 'bytes' && smaller.mediaType === 'image/jpeg' && photoHash)
      assert.ok((await sharp(smaller.bytes).metadata()).width >= 512)
      assert.ok(Buffer.byteLength(text) <= 1024 * 1024)
    }
  })

  it('holds a contact without what is too large and no picture, and says so', async () => {
    const octets = Buffer.alloc(900 * 1024, 7).toString('base64')
    const large = card('FN:Big', 'TEL:1', `PHOTO;ENCODING=b;TYPE=JPEG:${octets}`, 'NOTE:a')
    const [entry] = await entriesIn(large)
    assert.ok(entry?.kind === 'card')
    assert.deepEqual(entry.remarks, [remark('properties_left_out', { names: ['PHOTO'] })])
    assert.equal(entry.text, card('FN:Big', 'TEL:1', 'NOTE:a'))
    const note = card('FN:Long', `NOTE:${'x'.repeat(1024 * 1024)}`)
    const huge = card('FN:Huge', `PHOTO;ENCODING=b:${octets.repeat(8)}`)
    assert.deepEqual(await reported(note + huge + card('FN:Next')), [
      ['failed', 'The vCard at line 1 is larger than 1 MiB.'],
      ['failed', 'The vCard at line 6 is larger than 8 MiB.'],
      ['Next', null],
    ])
  })
})
