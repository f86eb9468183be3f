import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import fc from 'fast-check'
import { parseCard } from './lines/card.ts'
import { plainCategories, plainNames, plainVersion } from './plain-card.ts'
import { readCard } from './read-card.ts'
import { VcardError } from './vcard-error.ts'
import { mended } from './well-formed.ts'

const lines = [
  'VERSION:3.0',
  'VERSION:4.0',
  'version:3.0',
  'N:Reh;Ilse;;Dr.;',
  'FN:Ilse Reh',
  'item1.FN;LANGUAGE=de:Ilse Reh',
  'ORG:Quay\\, Ltd;Glass',
  'TITLE:Glazier',
  'CATEGORIES:Choir,Friends',
  'CATEGORIES:Choir\\, big,Friends',
  'NOTE:one\r\n two',
  'NOTE:one\r\ntwo',
  'NOTE:one\r\n \t\r\n two',
  'NOTE:=',
  'note: see: this',
  'NOTE;ENCODING=QUOTED-PRINTABLE:a=\r\nb',
  'NOTE;ENCODING=BASE64:S2xhcmE=',
  'TEL;TYPE=b:S2xhcmE=',
  'TEL;TYPE="home,work";PREF=1:+44 1',
  'TEL;HOME:+44 1',
  'TEL;X="a:b":+44 1',
  'PHOTO;ENCODING=b:R0lG',
  'PHOTO:data:image/gif;base64,R0lG',
  'X-FOO;A=b:c',
  'x-foo:BEGIN:VCARD',
  'FOO:bar',
  'AGENT:',
  'BEGIN:VCARD',
  'END:VCARD',
  'stray',
  '',
  ' fold',
  'UID:c1',
]

/** Lines between BEGIN and END, mostly of a card that is whole. */
const anyCard = fc
  .tuple(
    fc.constantFrom('VERSION:3.0', 'VERSION:4.0', 'N:Reh;Ilse;;;'),
    fc.array(fc.constantFrom(...lines), { maxLength: 6 }),
    fc.constantFrom('\r\n', '\r\n', '\n'),
    fc.constantFrom('END:VCARD', 'END:VCARD', 'end : vcard', ''),
  )
  .map(([first, rest, lineEnd, end]) =>
    ['BEGIN:VCARD', first, ...rest, end, ''].join('\n').replaceAll(/\r?\n/g, lineEnd),
  )

describe('a card that is well-formed at first sight', () => {
  it('is what a close look leaves as it is, in the version that it has', () => {
    let plain = 0
    fc.assert(
      fc.property(anyCard, (text) => {
        const version = plainVersion(text)
        if (version === null) return
        plain++
        assert.equal(mended(text), text)
        assert.equal(parseCard(text).version, version)
      }),
      { numRuns: 20_000 },
    )
    assert.ok(plain > 500)
  })

  it('has the categories and names that a close look finds', () => {
    fc.assert(
      fc.property(anyCard, (text) => {
        const read = readable(text)
        const [categories, names] = [plainCategories(text), plainNames(text)]
        assert.ok(!categories || read)
        for (const category of categories ?? []) assert.ok(read?.categories.includes(category))
        assert.ok(!names || read?.fullName === names.fullName)
        if (names) assert.equal(read?.contact.last_name ?? '', names.components[0])
      }),
      { numRuns: 20_000 },
    )
  })

  it('is most of what phones write', () => {
    const text = lines.slice(0, 1).concat(lines.slice(3, 11), 'TEL;TYPE=CELL:1', 'X-FOO:2')
    const card = ['BEGIN:VCARD', ...text, 'END:VCARD', ''].join('\r\n')
    assert.equal(plainVersion(card), '3.0')
    assert.equal(plainVersion(card.replace('FN:', 'stray\r\nFN:')), null)
  })
})

function readable(text: string) {
  try {
    return readCard(text)
  } catch (error) {
    if (error instanceof VcardError) return null
    throw error
  }
}
