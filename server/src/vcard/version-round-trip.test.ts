import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import fc from 'fast-check'
import { cardsOf } from '../../test/any-card.ts'
import { factsOf } from '../../test/card-facts.ts'
import { convertCard } from './convert-card.ts'
import { patchCard } from './patch-card.ts'
import { readCard } from './read-card.ts'

const cases: [what: string, version: '3.0' | '4.0', name: string, ...lines: string[]][] = [
  ['the language of its order', '3.0', 'N:B;A;;;', 'SORT-STRING;LANGUAGE=de:Harten'],
  ['the order of a name that 3.0 does not have', '3.0', 'N:B;A;;;;Second', 'SORT-STRING:Harten'],
  [
    'the language of a printed address',
    '3.0',
    'N:B;A;;;',
    'ADR;TYPE=HOME:;;S;C;;;',
    'LABEL;TYPE=HOME;LANGUAGE=de:S\\nC',
  ],
  [
    'which of several printed addresses is preferred',
    '3.0',
    'N:B;A;;;',
    'LABEL;TYPE=HOME:a',
    'LABEL;TYPE=WORK;TYPE=PREF:b',
  ],
  ['further birthdays', '3.0', 'N:B;A;;;', 'BDAY:1980-05-06', 'BDAY:1980-06-05', 'BDAY:soon'],
  [
    'further birthdays',
    '4.0',
    'N:B;A;;;',
    'X-ABDATE:2001-02-03',
    'BDAY:19800506',
    'BDAY:19800605',
    'BDAY;VALUE=text:soon',
  ],
  ...(['3.0', '4.0'] as const).map((version): (typeof cases)[number] => [
    'a label that an anniversary shares',
    version,
    'N:B;A;;;',
    'item1.ANNIVERSARY:20010203',
    'item1.TEL:1',
    'item1.X-ABLabel:Ferienhaus',
  ]),
]

const versionPairs = [
  ['4.0', '3.0'],
  ['3.0', '4.0'],
] as const

function cardWith(version: string, ...lines: string[]): string {
  return ['BEGIN:VCARD', `VERSION:${version}`, 'FN:A B', ...lines, 'END:VCARD', ''].join('\r\n')
}

describe('a card in the other version and back', () => {
  for (const [what, version, ...lines] of cases) {
    it(`of ${version} states ${what}`, () => {
      const card = cardWith(version, ...lines)
      const there = convertCard(card, version === '3.0' ? '4.0' : '3.0')
      assert.deepEqual(factsOf(convertCard(there, version)), factsOf(card), there)
    })
  }

  it('does not state the label of an anniversary that became another day', () => {
    const lines = ['item1.ANNIVERSARY:20010203', 'item1.X-ABLabel:Ferienhaus']
    const there = convertCard(cardWith('4.0', 'N:B;A;;;', ...lines), '3.0')
    const back = convertCard(there.replace('2001-02-03', '2002-02-03'), '4.0')
    assert.match(back, /\r\nANNIVERSARY:20020203\r\n/)
    assert.doesNotMatch(back, /Ferienhaus/)
  })

  it('has each form of the sound of a name again, also beside Apple’s properties', () => {
    const forms = ['N;PHONETIC=ipa;ALTID=1:bi;ei;;;', 'N;PHONETIC=script;ALTID=1:Be;Eh;;;']
    for (const more of [[], ['X-PHONETIC-LAST-NAME:Bee']]) {
      const card = cardWith('4.0', 'N;ALTID=1:B;A;;;', ...forms, ...more)
      const there = convertCard(card, '3.0')
      const { contact } = readCard(there)
      const edited = patchCard(there, {
        contact: { ...contact, additional_data: 'new' },
        categories: [],
        rev: new Date('2026-11-22T12:00:00Z'),
      })
      const back = convertCard(edited, '4.0').split('\r\n')
      for (const form of forms) assert.ok(back.includes(form), `${edited}\n${back.join('\n')}`)
    }
  })

  it('has its numbers as URIs again, and that it is of a person', () => {
    const lines = ['KIND:individual', 'TEL;VALUE=uri;TYPE=home:tel:+1-555;ext=5', 'TEL:+1 2']
    const card = cardWith('4.0', 'N:B;A;;;', ...lines)
    const there = convertCard(card, '3.0')
    const back = convertCard(there, '4.0')
    assert.deepEqual(back.split('\r\n').toSorted(), card.split('\r\n').toSorted())
    const edited = convertCard(there.replace('+1-555\\;ext=5', '+1 777'), '4.0')
    assert.match(edited, /\r\nTEL;TYPE=home:\+1 777\r\n/i)
  })

  const kinds = [
    'KIND:individual',
    'KIND:org',
    'X-ABShowAs:COMPANY',
    'X-ADDRESSBOOKSERVER-KIND:group',
  ]
  it('has one kind, and the others again in its own version', () => {
    for (const [version, other] of versionPairs) {
      for (const [first, second] of kinds.flatMap((a) => kinds.map((b) => [a, b] as const))) {
        const lines = first === second ? [first] : [first, second]
        const card = cardWith(version, 'N:B;A;;;', ...lines)
        const there = convertCard(card, other)
        const shown = `${card}${there}`
        assert.equal(there.match(/^(?:KIND|X-ABShowAs|X-\w+-KIND):/gm)?.length, 1, shown)
        assert.equal(readCard(there).kind, readCard(card).kind, shown)
        const edited = there.replace('END:VCARD', 'NOTE:new\r\nEND:VCARD')
        assert.deepEqual(
          factsOf(convertCard(edited, version)),
          factsOf(card.replace('END:VCARD', 'NOTE:new\r\nEND:VCARD')),
          shown,
        )
      }
    }
  })

  it('has no kind again that somebody removed or changed', () => {
    const card = cardWith('3.0', 'N:B;A;;;', 'X-ABShowAs:COMPANY', 'KIND:individual')
    const there = convertCard(card, '4.0')
    for (const changed of ['', 'KIND:group\r\n']) {
      const back = convertCard(there.replace('KIND:org\r\n', changed), '3.0')
      assert.doesNotMatch(back, /^(?:KIND|X-ABShowAs|X-KITH-KIND):/m)
    }
  })

  it('has one birthday in 4.0, and the others again in 3.0', () => {
    const card = cardWith(
      '3.0',
      'N:B;A;;;',
      'BDAY:1980-05-06',
      'BDAY:1980-06-05',
      'BDAY:1980-05-06',
    )
    const there = convertCard(card, '4.0')
    assert.equal(there.match(/^BDAY/gm)?.length, 1)
    assert.deepEqual(readCard(there).contact, readCard(card).contact)
    assert.deepEqual(
      convertCard(there, '3.0')
        .match(/^BDAY.*/gm)
        ?.toSorted(),
      ['BDAY:1980-05-06', 'BDAY:1980-05-06', 'BDAY:1980-06-05'],
    )
  })

  it('has no birthday if somebody removed that, though it has a further one', () => {
    const there = convertCard(cardWith('4.0', 'N:B;A;;;', 'BDAY:19800506', 'BDAY:19800605'), '3.0')
    const { contact } = readCard(convertCard(there.replace('BDAY:1980-05-06\r\n', ''), '4.0'))
    assert.equal(contact.birthday, null)
    assert.deepEqual(contact.dates, [{ label: 'birthday', value: '1980-06-05' }])
  })

  for (const [version, other] of versionPairs) {
    it(`of ${version} states all that it stated`, () => {
      fc.assert(
        fc.property(cardsOf(version), (card) => {
          const there = convertCard(card, other)
          const back = convertCard(there, version)
          assert.deepEqual(factsOf(back), factsOf(card), there)
          assert.deepEqual(readCard(back).contact, readCard(card).contact)
        }),
        { numRuns: 300 },
      )
    })
  }
})
