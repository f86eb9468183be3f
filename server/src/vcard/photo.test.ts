import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { patchCard } from './patch-card.ts'
import { readPhoto, type Photo } from './photo.ts'
import { readCard } from './read-card.ts'

describe('reading a photo', () => {
  const gif = 'R0lGODlhAQABAAAAACw='
  const photo = (line: string) => readPhoto(`BEGIN:VCARD\r\n${line}\r\nEND:VCARD\r\n`)

  it('finds it in each version, and detects its media type', () => {
    for (const line of [
      `PHOTO;ENCODING=b;TYPE=JPEG:${gif}`,
      `PHOTO;ENCODING=BASE64;GIF:\r\n ${gif.slice(0, 8)}\r\n ${gif.slice(8)}\r\n`,
      `PHOTO;BASE64:${gif.slice(0, 8)}\r\n${gif.slice(8)}`,
      `PHOTO:data:image/png;base64,${gif}`,
      `PHOTO:data:image/gif\\;base64\\,${gif}`,
    ]) {
      const found = photo(line)
      assert.ok(found?.kind === 'bytes', line)
      assert.equal(found.mediaType, 'image/gif')
      assert.equal(Buffer.from(found.bytes).toString('base64'), gif)
    }
  })

  it('returns the link of a linked photo, and null for an empty or damaged one', () => {
    assert.deepEqual(photo('PHOTO;VALUE=uri:http\\://example.org/a\\,b'), {
      kind: 'uri',
      uri: 'http://example.org/a,b',
    })
    assert.equal(photo('PHOTO:'), null)
    assert.equal(photo(`PHOTO;ENCODING=b:${gif.slice(0, 8)}\u{fffd}%${gif.slice(8)}`), null)
    assert.equal(photo('FN:A'), null)
  })

  it('prefers an embedded photo to a linked one', () => {
    const lines = ['PHOTO:http://example.org/a', `PHOTO;ENCODING=b:${gif}`]
    assert.equal(photo(lines.join('\r\n'))?.kind, 'bytes')
  })
})

describe('patching a photo', () => {
  const address = 'PHOTO;VALUE=uri:http://example.org/a'
  const held = 'PHOTO;ENCODING=b;TYPE=GIF:R0lGODlhAQABAAAAACw='
  const after = (photo: Photo | null, ...lines: string[]) => {
    const text = ['BEGIN:VCARD', 'VERSION:3.0', 'FN:A', ...lines, 'END:VCARD', ''].join('\r\n')
    const { contact, categories } = readCard(text)
    const patched = patchCard(text, { contact, categories, rev: new Date(0), photo })
    return patched.split('\r\n').filter((line) => line.startsWith('PHOTO'))
  }

  it('removes embedded photos, but no link', () => {
    assert.deepEqual(after(null, address, held, held), [address])
    assert.deepEqual(after(null, address), [address])
  })

  it('replaces the photo that is read from the card', () => {
    const png: Photo = { kind: 'bytes', mediaType: 'image/png', bytes: Buffer.from('\x89PNG') }
    const line = 'PHOTO;ENCODING=b;TYPE=PNG:wolQTkc='
    assert.deepEqual(after(png, address, held), [address, line])
    assert.deepEqual(after(png, address), [line])
    assert.deepEqual(after(png, 'PHOTO;ENCODING=b:%'), [line])
    assert.deepEqual(after(png), [line])
  })
})
