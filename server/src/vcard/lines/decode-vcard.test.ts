import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import fc from 'fast-check'
import { decodeCharset, decodeVcard } from './decode-vcard.ts'

describe('decoding a file', () => {
  it('keeps every octet of UTF-8, with or without a byte order mark', () => {
    const texts = fc.tuple(fc.constantFrom('', '\ufeff'), fc.string({ unit: 'grapheme' }))
    fc.assert(
      fc.property(texts, ([mark, text]) => {
        const bytes = Buffer.from(mark + text)
        assert.deepEqual(Buffer.from(decodeVcard(bytes)), bytes)
      }),
    )
  })

  it('moves a fold within a character before it, and keeps the other folds', () => {
    const [first = 0, second = 0] = Buffer.from('ß')
    const bytes = Buffer.from([0x41, first, 0x0d, 0x0a, 0x20, second, 0x0a, 0x09, 0x42])
    assert.equal(decodeVcard(bytes), 'A\r\n ß\n\tB')
  })

  it('reads invalid UTF-8 as windows-1252, or in the CHARSET of its line', () => {
    assert.equal(decodeVcard(Buffer.from('5 \x80 für', 'latin1')), '5 € für')
    const line = Buffer.concat([
      Buffer.from('FN;CHARSET=SHIFT_JIS:'),
      Buffer.from([0x83, 0x65, 0x83, 0x58]),
      Buffer.from('\r\nN:J\xf6rg', 'latin1'),
    ])
    assert.equal(decodeVcard(line), 'FN;CHARSET=SHIFT_JIS:テス\r\nN:Jörg')
  })

  it('decodes each line separately, and ignores unknown charsets', () => {
    const upper = Uint8Array.from({ length: 0x80 }, (_, index) => 0x80 + index)
    const bytes = Buffer.concat([
      Buffer.from('FN:Jürgen €\r\nNOTE;CHARSET=X-OWN:'),
      upper,
      Buffer.from('\r\nNOTE:'),
      upper,
    ])
    const ansi = new TextDecoder('windows-1252').decode(upper)
    const wanted = `FN:Jürgen €\r\nNOTE;CHARSET=X-OWN:${ansi}\r\nNOTE:${ansi}`
    assert.equal(decodeVcard(bytes), wanted)
  })

  it('reads only the invalid octets of a line in UTF-8 as windows-1252', () => {
    const damaged = Buffer.concat([
      Buffer.from('Ñandú 𝄞'),
      Buffer.from([0x80, 0xe2, 0x82, 0xc3]),
      Buffer.from('€'),
    ])
    assert.equal(decodeCharset(damaged, 'UTF-8'), 'Ñandú 𝄞€â‚Ã€')
    fc.assert(
      fc.property(fc.uint8Array(), fc.string({ unit: 'grapheme' }), (bytes, text) => {
        const whole = decodeCharset(Buffer.concat([Buffer.from(text), bytes]), 'utf8')
        assert.ok(whole.startsWith(text))
        assert.ok(bytes.length === 0 || whole.length > text.length)
      }),
    )
  })
})
