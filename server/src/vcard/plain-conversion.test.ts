import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import fc from 'fast-check'
import { convertedLines } from './convert-card.ts'
import { plainlyTo3 } from './plain-conversion.ts'
import { VcardError } from './vcard-error.ts'

const lines = [
  'N:Reh;Ilse;;Dr.;',
  'N:;;;;',
  'N:Reh;Ilse;;;;;',
  'N:Reh\\;;Ilse;;;\\;',
  'FN:Ilse Reh',
  'FN: ',
  'FN:\u0418\u043b\u0438',
  'FN:\u3164',
  'FN:\u2026',
  'ORG:Quay\\, Ltd;Glass',
  'TITLE:Glazier',
  'TITLE;PREF=1:Boss',
  'CATEGORIES:Choir\\, big,Friends',
  'NICKNAME:Il,Ilschen',
  'NOTE:one\r\n two',
  'NOTE:',
  'REV:2026-03-14T15:09:26Z',
  'UID:urn:uuid:6f9619ff-8b86-4011-b42d-00000000000a',
  'URL:https://example.org/a\\,b',
  'EMAIL;TYPE=HOME:ilse@example.org',
  'EMAIL;TYPE=INTERNET,pref:i@example.org',
  'EMAIL;PREF=1:best@example.org',
  'item1.EMAIL:other@example.org',
  'item1.X-ABLabel:Boat',
  'item2.X-ABLabel:_$!<HomePage>!$_',
  'TEL;TYPE=CELL;TYPE=VOICE:+44 7700 900157',
  'TEL:tel:+447700900157',
  'TEL: \r\n tel:+447700900157',
  'TEL;TYPE="home,work":+44 1',
  'item1.TEL:+44 2',
  'ADR;TYPE=WORK:;;1 Quay\\, left;Bristol;;10000;UK',
  'ADR:;;1 Quay;Bristol;;10000;UK;floor',
  'ADR:;;;;;;',
  'BDAY:1985-04-12',
  'BDAY:1985-13-12',
  'BDAY:1604-04-12',
  'BDAY:19850412',
  'X-SOCIALPROFILE;TYPE=mastodon;X-USER=p3:https://social.example/@p3',
  'X-ABDATE:2001-02-03',
  'X-KITH-FN:Else',
  'PRODID:-//Phone//EN',
]

const anyCard = fc
  .tuple(
    fc.constantFrom('3.0', '4.0', '4.0', '4.0'),
    fc.constantFrom(['N:Reh;Ilse;;;', 'FN:Ilse Reh'], ['N:Reh;Ilse;;;', 'FN:Ilse Reh'], []),
    fc.array(fc.constantFrom(...lines), { maxLength: 6 }),
    fc.nat(6),
    fc.constantFrom('\r\n', '\r\n', '\n'),
  )
  .map(([version, names, rest, at, lineEnd]) =>
    ['BEGIN:VCARD', `VERSION:${version}`, ...rest.toSpliced(at, 0, ...names), 'END:VCARD', '']
      .join('\n')
      .replaceAll(/\r?\n/g, lineEnd),
  )

describe('a card of 4.0 that has only lines that 3.0 has as well', () => {
  it('is converted as line by line', () => {
    let plain = 0
    fc.assert(
      fc.property(anyCard, (card) => {
        const converted = plainlyTo3(card)
        if (converted === null) return
        plain++
        assert.equal(converted, lineByLine(card))
      }),
      { numRuns: 20_000 },
    )
    assert.ok(plain > 500)
  })
})

function lineByLine(card: string): string | null {
  try {
    return convertedLines(card, '3.0')
  } catch (error) {
    if (error instanceof VcardError) return null
    throw error
  }
}
