import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { convertCard } from './convert-card.ts'
import { fingerprintOf } from './convert/former-line.ts'
import { meaningsOf } from './convert/line-meaning.ts'
import { parseCard } from './lines/card.ts'
import { readCard } from './read-card.ts'

const frame = ['FN:A B', 'N:B;A;;;', 'UID:1', 'NOTE:x', 'X-OTHER:y', 'CATEGORIES:One']

function cardOf(version: '3.0' | '4.0', ...lines: string[]): string {
  return ['BEGIN:VCARD', `VERSION:${version}`, ...lines, 'END:VCARD', ''].join('\r\n')
}

/** What a card says in its other version is what it says in its own. */
function assertSameInBoth(card: string) {
  const there = convertCard(card, card.includes('VERSION:4.0') ? '3.0' : '4.0')
  const shown = `${card}\n${there}`
  const { version: own, ...read } = readCard(card)
  const { version, ...readThere } = readCard(there)
  assert.notEqual(version, own)
  assert.deepEqual(readThere, read, shown)
  assert.equal(there.match(/^UID[:;]/gm)?.length, 1, shown)
  assert.equal(there.match(/^(?:BEGIN|END|VERSION)\b/gm)?.length, 3, shown)
}

describe('lines of a card that look like those that Kith writes for the other version', () => {
  it('do not change what it says', () => {
    const lines = [
      'X-KITH-KIND:group',
      'X-KITH-KIND:org',
      'X-KITH-FN:Other',
      'X-KITH-FN;ALTID=1:Other',
      'X-KITH-N:X;Y;;;',
      'X-KITH-N;ALTID=1:X;Y;;;',
      'X-KITH-N;PHONETIC=ipa:X;Y;;;',
      'X-KITH-BDAY:20010203',
      'X-KITH-TEL;ALTID=1:1',
      'X-KITH-ORG:Acme',
      'X-KITH-SORT-AS:x',
    ]
    for (const line of lines) {
      for (const others of [[], [line], ['TEL;X-KITH-ALTID=1:1', 'TEL;X-KITH-ALTID=1:2']]) {
        assertSameInBoth(cardOf('3.0', ...frame, line, ...others))
        assertSameInBoth(cardOf('3.0', line, ...frame, ...others))
        assertSameInBoth(cardOf('4.0', line, ...frame, ...others))
      }
    }
  })

  it('do not make other lines of those that are there', () => {
    const formers = [
      'KIND group',
      'UID 2',
      'UID%3BX%3D1 1',
      'BEGIN VCARD',
      'END VCARD',
      'VERSION 2.1',
      'VERSION',
      'A%20B c',
      'A.B.C d',
      'FN Other',
      'N X%3BY',
      'N',
      'TEL 1',
      'BDAY 20010203',
      'CATEGORIES Two',
      'MEMBER urn:uuid:1',
      'X-KITH-KIND group',
      'X-KITH-FORMER',
      'NOTE%3BX%3D%00',
      'NOTE a%00b',
      'NOTE%0AUID 2',
      '%0A UID%3A2',
    ]
    for (const version of ['3.0', '4.0'] as const) {
      const keys = keysOf(cardOf(version, ...frame))
      for (const key of keys.flatMap((one) => [one, `${one}.12345678`, `+${one}`])) {
        for (const former of formers) {
          assertSameInBoth(cardOf(version, ...frame, `X-KITH-FORMER:${key} ${former}`))
        }
      }
    }
  })
})

/** The keys of former lines of all lines of a card. */
function keysOf(card: string): string[] {
  return Array.from(meaningsOf(parseCard(card)).values(), fingerprintOf)
}
