import assert from 'node:assert/strict'
import { cpuUsage } from 'node:process'
import { describe, it } from 'node:test'
import fc from 'fast-check'
import { convertCard } from './convert-card.ts'
import { patchCard } from './patch-card.ts'
import { readPhoto } from './photo.ts'
import { readCard } from './read-card.ts'
import { splitCards } from './split-cards.ts'
import { VcardError } from './vcard-error.ts'

const rev = new Date('2026-11-22T12:00:00Z')
/**
 * How many times the CPU time of an ordinary card a hostile one may take: linear work takes at most a
 * few times as much, quadratic work on these texts a hundred times.
 */
const maxRatio = 10

/** Reads, patches and converts a card; only a VcardError may refuse it. */
function readAndChange(text: string) {
  try {
    const { contact, categories } = readCard(text)
    readPhoto(text)
    for (const list of ['emails', 'phones', 'links'] as const) contact[list].reverse()
    const changed = { ...contact, first_name: 'Ada', company: null, addresses: [], messengers: [] }
    const patched = patchCard(text, { contact: changed, categories: [...categories, 'x'], rev })
    assert.deepEqual(readCard(patched).contact, changed)
    convertCard(text, '3.0')
    convertCard(text, '4.0')
  } catch (error) {
    if (!(error instanceof VcardError)) throw error
  }
}

/** The CPU time in milliseconds: unlike the duration, it does not depend on other processes. */
function cpuTimeOf(work: () => void): number {
  const start = cpuUsage()
  work()
  const { user, system } = cpuUsage(start)
  return (user + system) / 1000
}

function card(...lines: string[]): string {
  return ['BEGIN:VCARD', 'VERSION:3.0', 'FN:Ada', ...lines, 'END:VCARD', ''].join('\r\n')
}

const long = 150_000
const many = 3900
const hostile: Record<string, string> = {
  'an empty text': '',
  'only a BEGIN': 'BEGIN:VCARD',
  'names of Object.prototype': card('constructor:1', '__proto__:2', 'toString;hasOwnProperty=1:3'),
  'a group of such a name': card('__proto__.TEL:1', '__proto__.X-ABLabel:constructor'),
  'types of such names': card('TEL;TYPE=constructor:1', 'TEL;TYPE=__proto__;valueOf=1:2'),
  'no colon': card('TEL', 'x'.repeat(long)),
  'many names of 4.0': card(
    'VERSION:4.0',
    ...Array<string>(many).fill('FN:aaaaaaaaa'),
    'x',
  ).replace('VERSION:3.0\r\nFN:Ada\r\n', ''),
  NUL: card('NOTE:a\0b', 'TEL;TYPE=\0:1', '\0\0'),
  'lone CR': card(`NOTE:${'\r'.repeat(long)}x`),
  'CR and spaces': card(`NOTE:${'\r '.repeat(long)}x`),
  'lone surrogates': card('NOTE:\ud800', 'N:\udfff;\ud800\ud800;;;'),
  'a long value': card(`NOTE:${'x'.repeat(long)}`),
  'a long value of one letter': card(`NOTE:${'\\'.repeat(long)}`, `ADR:${';'.repeat(long)}`),
  'many categories': card(`CATEGORIES:${Array.from({ length: long / 2 }, (_, n) => n).join(',')}`),
  'long white space': card(`NOTE:${' '.repeat(long)}x`, `URL:${'\t'.repeat(long)}x`),
  'an open quote': card(`TEL;X="${':'.repeat(long)}`),
  'many quotes': card(`TEL;X=${'"'.repeat(long)}:1`),
  'many folds': card(`NOTE:x${'\r\n '.repeat(long / 3)}`),
  'many blank lines': `${'\r\n'.repeat(many)}${card('TEL:1')}`,
  'many parameters': card(`TEL;${'TYPE=home;'.repeat(10_000)}:1`),
  'many values of a parameter': card(`TEL;TYPE=${'home,'.repeat(50_000)}:1`),
  'soft breaks without end': card(`NOTE;QUOTED-PRINTABLE:${'=\r\n'.repeat(long / 3)}`),
  'a soft break before any value': card('ADR;ENCODING=QUOTED-PRINTABLE;TYPE='),
  'equals signs': card(`NOTE;ENCODING=QUOTED-PRINTABLE:${'='.repeat(long)}`),
  'nested labels': card(
    'item1.TEL:1',
    `item1.X-ABLabel:${'_$!<'.repeat(9000)}${'>!$_'.repeat(9000)}`,
  ),
  'numbers too large': card('item99999999999999999999.TEL:1', 'TEL;PREF=1e999:2', 'TEL;PREF=-1:3'),
  'percent signs': card(`IMPP:xmpp:${'%'.repeat(long)}`, `IMPP:${'x'.repeat(long)}`),
  'invalid photos': card('PHOTO;ENCODING=b:====', `PHOTO:data:${';'.repeat(long)}`),
  'an unknown charset': card('NOTE;CHARSET=constructor;ENCODING=QUOTED-PRINTABLE:=E4'),
  'many e-mail addresses': card(...lines((n) => `EMAIL:a${n}@example.org`)),
  'many equal items': card(...lines(() => 'EMAIL;TYPE=HOME:a@example.org')),
  'many ranks': card(...lines((n) => `EMAIL;PREF=${many - n}:a${n}@example.org`)),
  'many names': card(...lines(() => 'N:a;b'), 'NOTE:x'),
  'many notes': card(...lines((n) => `NOTE:${n}`)),
  'many birthdays': card(...lines((n) => (n % 2 ? 'BDAY:2000-01-01' : 'BDAY:soon'))),
  'many addresses': card(...lines((n) => (n % 2 ? `ADR:;;${n}` : `LABEL:${n}`))),
  'many lines of one group': card(
    'item1.X-ABLabel:x',
    ...lines((n) => `item1.EMAIL:a${n}@example.org`),
  ),
  'many groups': card(...lines((n) => `item${n >> 1}.${n % 2 ? `TEL:${n}` : 'X-ABLabel:x'}`)),
}

function lines(line: (n: number) => string): string[] {
  return Array.from({ length: many }, (_, n) => line(n))
}

const ordinary = card(...lines((n) => `EMAIL;TYPE=HOME:a${n}@example.org`))

describe('a hostile card', () => {
  // The first runs compile the code, so the fastest one counts.
  const ordinaryTimes = Array.from({ length: 4 }, () => cpuTimeOf(() => readAndChange(ordinary)))
  const maxTime = maxRatio * Math.min(...ordinaryTimes)

  for (const [name, text] of Object.entries(hostile)) {
    it(`costs little more CPU time than an ordinary card: ${name}`, () => {
      for (const version of ['2.1', '3.0', '4.0']) {
        const card = text.replace('VERSION:3.0', `VERSION:${version}`)
        const time = cpuTimeOf(() => readAndChange(card))
        assert.ok(time < maxTime, `${version} took ${time} ms, more than ${maxTime} ms`)
      }
      splitCards(text)
    })
  }

  it('is refused with the name of the limit that it exceeds', () => {
    const refusals: [text: string, reason: string][] = [
      ['hello', 'not_a_card'],
      [`${card()}${card()}`, 'several_cards'],
      [card('BEGIN:VCARD', 'FN:another'), 'several_cards'],
      [card(`NOTE:${'x'.repeat(1024 * 1024)}`), 'too_large'],
      [card(`NOTE:${'ß'.repeat(530_000)}`), 'too_large'],
      [card(...Array.from({ length: 4000 }, () => 'TEL:1')), 'too_many_lines'],
      [card(`TEL;${'A=1;'.repeat(65)}:1`), 'too_many_parameters'],
    ]
    for (const [text, reason] of refusals) {
      for (const parse of [readCard, readPhoto, (text: string) => convertCard(text, '4.0')]) {
        assert.throws(
          () => parse(text),
          (error) => error instanceof VcardError && error.reason === reason,
        )
      }
    }
  })

  it('causes no other error than a VcardError, however its pieces are combined', () => {
    const piece = fc.oneof(
      fc.constantFrom(
        'BEGIN:VCARD',
        'END:VCARD',
        'AGENT:',
        'VERSION:2.1',
        'VERSION:4.0',
        'KIND:org',
      ),
      fc.constantFrom(
        'item1.',
        'TEL',
        'EMAIL',
        'ADR',
        'LABEL',
        'IMPP',
        'BDAY',
        'N',
        'FN',
        'ORG',
        'PHOTO',
      ),
      fc.constantFrom(
        ';',
        ':',
        ',',
        '"',
        '\\',
        '\r\n',
        '\n',
        '\r',
        '=\r\n',
        ' ',
        '=',
        '%',
        '^',
        '\t',
      ),
      fc.constantFrom(
        ';TYPE=',
        ';ENCODING=QUOTED-PRINTABLE',
        ';BASE64',
        ';CHARSET=utf-16',
        ';PREF=1',
      ),
      fc.constantFrom(
        'X-ABLabel:',
        '_$!<',
        '>!$_',
        '1604-02-29',
        '--0229',
        'x-apple:',
        'data:',
        '=C3',
      ),
      fc.string({ unit: 'binary', maxLength: 4 }),
    )
    const text = fc.array(piece, { maxLength: 40 }).map((pieces) => pieces.join(''))
    fc.assert(
      fc.property(text, (text) => {
        readAndChange(text)
        readAndChange(card(text))
        splitCards(text)
      }),
      { numRuns: 800 },
    )
  })
})
