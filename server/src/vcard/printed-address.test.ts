import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { convertCard } from './convert-card.ts'
import { patchCard } from './patch-card.ts'
import { readCard } from './read-card.ts'

function cardWith(version: string, ...lines: string[]): string {
  const all = ['BEGIN:VCARD', `VERSION:${version}`, 'FN:A B', 'N:B;A;;;', ...lines, 'END:VCARD', '']
  return all.join('\r\n')
}

/** The lines of addresses, sorted. */
function addressLines(card: string): string[] {
  const lines = card.replaceAll(/\r\n[ \t]/g, '').split('\r\n')
  return lines.filter((line) => /^(?:\w+\.)?(?:ADR|LABEL)\b/.test(line)).toSorted()
}

function withNote(card: string): string {
  return card.replace('END:VCARD', 'NOTE:new\r\nEND:VCARD')
}

function withStreet(card: string, street: string): string {
  const { contact, categories } = readCard(card)
  const addresses = contact.addresses.map((address) => ({ ...address, street }))
  const rev = new Date('2026-11-22T12:00:00Z')
  return patchCard(card, { contact: { ...contact, addresses }, categories, rev })
}

describe('the printed form of an address', () => {
  const cabin = cardWith(
    '3.0',
    'item1.ADR;TYPE=HOME:;;Main 1;City;;1000;DE',
    'item1.X-ABLabel:Cabin',
    'LABEL;TYPE=HOME:Main 1\\nCity',
  )

  it('is no address of its own beside one with an X-ABLabel', () => {
    const labels = (card: string) => readCard(card).contact.addresses.map(({ label }) => label)
    const there = convertCard(cabin, '4.0')
    assert.deepEqual(labels(cabin), ['Cabin'])
    assert.deepEqual(labels(there), ['Cabin'])
    assert.deepEqual(addressLines(there), [
      'item1.ADR;TYPE=HOME;LABEL=Main 1^nCity:;;Main 1;City;;1000;DE',
    ])
    assert.deepEqual(addressLines(convertCard(withNote(there), '3.0')), addressLines(cabin))
  })

  it('is no address of its own in the group of one with other types', () => {
    const card = cardWith('3.0', 'item1.ADR;TYPE=HOME:;;A;;;;', 'item1.LABEL;TYPE=WORK:A')
    assert.deepEqual(addressLines(convertCard(card, '4.0')), [
      'item1.ADR;TYPE=HOME;LABEL=A:;;A;;;;',
    ])
    assert.equal(readCard(card).contact.addresses.length, 1)
  })

  it('is gone once its address has another street', () => {
    for (const card of [cabin, convertCard(cabin, '4.0')]) {
      const moved = withStreet(card, 'Side 2')
      for (const version of ['3.0', '4.0'] as const) {
        const text = convertCard(moved, version)
        assert.deepEqual(addressLines(text), ['item1.ADR;TYPE=HOME:;;Side 2;City;;1000;DE'])
        assert.doesNotMatch(text, /X-KITH/)
      }
    }
  })

  it('stays beside an address that is only labelled anew, or stands with others now', () => {
    const home = cardWith('3.0', 'ADR;TYPE=HOME:;;Main 1;;;;', 'LABEL;TYPE=HOME;LANGUAGE=de:Main')
    const grouped = cardWith(
      '3.0',
      'item1.ADR;TYPE=HOME:;;Main 1;;;;',
      'item1.X-ABLabel:Cabin',
      'item1.LABEL;TYPE=HOME:Main',
    )
    for (const card of [home, grouped, convertCard(home, '4.0')]) {
      for (const label of ['work', 'Own thing', null, 'home']) {
        const { contact, categories } = readCard(card)
        const [first] = contact.addresses
        assert.ok(first)
        for (const others of [[], [{ ...first, label: 'work', street: 'Side 2' }]]) {
          for (const addresses of [
            [{ ...first, label }, ...others],
            [...others, { ...first, label }],
          ]) {
            const change = { contact: { ...contact, addresses }, categories, rev: new Date() }
            const patched = patchCard(card, change)
            assert.deepEqual(readCard(patched).contact.addresses, addresses)
            const lines = addressLines(convertCard(patched, '4.0'))
            const printed = lines.filter((line) => line.includes('LABEL=Main'))
            assert.equal(printed.length, 1)
            assert.match(printed[0] ?? '', /Main 1/)
          }
        }
      }
    }
  })

  it('stays with its own of two addresses that say the same', () => {
    const card = cardWith(
      '3.0',
      'ADR;TYPE=HOME:;;Main 1;;;;',
      'LABEL;TYPE=HOME:Home\\nMain 1',
      'ADR;TYPE=WORK:;;Main 1;;;;',
      'LABEL;TYPE=WORK:Office\\nMain 1',
    )
    const [homes, works] = [/^ADR;TYPE=HOME;LABEL=Home/, /^ADR;TYPE=WORK;(?:PREF=1;)?LABEL=Office/]
    const { contact, categories } = readCard(card)
    const [home, work] = contact.addresses
    assert.ok(home && work)
    const other = { ...work, label: 'other', street: 'Side 2' }
    for (const [addresses, kept] of [
      [
        [work, home],
        [homes, works],
      ],
      [
        [other, home, work],
        [homes, works],
      ],
      [
        [other, work, home],
        [homes, works],
      ],
      [[work], [works]],
      [[other, home], [homes]],
    ] as const) {
      const change = { contact: { ...contact, addresses: [...addresses] }, categories }
      const patched = patchCard(card, { ...change, rev: new Date() })
      const printed = addressLines(convertCard(patched, '4.0')).filter((line) =>
        line.includes('LABEL='),
      )
      assert.equal(printed.length, kept.length)
      for (const [at, pattern] of kept.entries()) assert.match(printed[at] ?? '', pattern)
    }
  })

  it('comes back with further ones, and they go with their address', () => {
    const card = cardWith(
      '3.0',
      'ADR;TYPE=work:;;W 1;;;;',
      'ADR;TYPE=home:;;A 1;City;;1000;DE',
      'LABEL;TYPE=home;LANGUAGE=de:Mr. Y',
      'LABEL;TYPE=home:Mr. Q',
      'LABEL;TYPE=home:',
      'LABEL;TYPE=work;LANGUAGE=de:Mr. W',
    )
    const there = convertCard(card, '4.0')
    assert.deepEqual(addressLines(there), [
      'ADR;TYPE=home;LABEL=Mr. Y:;;A 1;City;;1000;DE',
      'ADR;TYPE=work;LABEL=Mr. W:;;W 1;;;;',
    ])
    assert.deepEqual(addressLines(convertCard(withNote(there), '3.0')), addressLines(card))
    const moved = withStreet(there, 'Side 2')
    assert.doesNotMatch(moved, /X-KITH/)
    assert.doesNotMatch(convertCard(moved, '3.0'), /LABEL/)
  })

  const [loop, rua] = [';;1 Loop;Cupertino;;;', ';;Rua A;Lisboa;;;']
  const cards: [what: string, lines: string[]][] = [
    [
      'whose parts stand in it',
      [`ADR;TYPE=HOME:${loop}`, `ADR;TYPE=HOME:${rua}`, 'LABEL;TYPE=HOME'],
    ],
    [
      'with exactly its types',
      [`ADR;TYPE=HOME:${loop}`, `ADR;TYPE=HOME,PREF:${rua}`, 'LABEL;TYPE=PREF;TYPE=home'],
    ],
    ['just before it', ['ADR;TYPE=HOME:;;X 1;;;;', 'ADR;TYPE=HOME:;;Rua A;;;;', 'LABEL;TYPE=HOME']],
  ]
  for (const [what, [first = '', second = '', label = '']] of cards) {
    it(`belongs to the address ${what}`, () => {
      const text = what === 'just before it' ? 'Mr. X' : 'RUA A\\n1000 Lisboa'
      for (const lines of [
        [first, second, `${label}:${text}`],
        ...(what === 'just before it' ? [] : [[second, `${label}:${text}`, first]]),
      ]) {
        const card = cardWith('3.0', ...lines)
        const there = convertCard(card, '4.0')
        const holders = addressLines(there).filter((line) => line.includes('LABEL='))
        assert.equal(holders.length, 1)
        assert.match(holders[0] ?? '', /Rua A;/)
        const left = there.replace(/^ADR.*(?:1 Loop|X 1).*\r\n/m, '')
        assert.match(convertCard(left, '3.0'), /^LABEL/m)
      }
    })
  }

  it('is chosen for all of a card together', () => {
    const card = cardWith(
      '3.0',
      'ADR;TYPE=HOME:;;A 1;;;;',
      'ADR;TYPE=HOME:;;B 2;;;;',
      'LABEL;TYPE=HOME:somewhere',
      'LABEL;TYPE=HOME:B 2',
    )
    assert.deepEqual(addressLines(convertCard(card, '4.0')), [
      'ADR;TYPE=HOME;LABEL=B 2:;;B 2;;;;',
      'ADR;TYPE=HOME;LABEL=somewhere:;;A 1;;;;',
    ])
  })

  it('that was a part of an address goes with it in 3.0', () => {
    const home = 'ADR;TYPE=home;LABEL=Mr. X^nA 1:;;A 1;City;;1000;DE'
    const card = cardWith('4.0', home, 'ADR;TYPE=work:;;W 1;;;;')
    const there = convertCard(card, '3.0')
    assert.match(there, /^LABEL;TYPE=home[^:]*:Mr\. X\\nA 1\r$/m)
    assert.deepEqual(addressLines(convertCard(withNote(there), '4.0')), addressLines(card))
    for (const work of ['ADR;TYPE=work:;;W 1;;;;\r\n', '']) {
      const left = there.replace(/^ADR;TYPE=home.*\r\n/m, '').replace(/^ADR;TYPE=work.*\r\n/m, work)
      assert.doesNotMatch(convertCard(left, '4.0'), /Mr\. X/)
      assert.equal(readCard(left).contact.addresses.length, work === '' ? 0 : 1)
      const { contact, categories } = readCard(left)
      const rev = new Date('2026-11-22T12:00:00Z')
      const named = { ...contact, first_name: 'C' }
      assert.doesNotMatch(patchCard(left, { contact: named, categories, rev }), /LABEL/)
    }
  })

  it('is an address where it stands alone, as a program of 3.0 wrote it', () => {
    const card = cardWith('3.0', 'LABEL;TYPE=home:Mr. X\\nA 1')
    const there = convertCard(card, '4.0')
    assert.deepEqual(addressLines(there), ['ADR;TYPE=home;LABEL=Mr. X^nA 1:;;;;;;'])
    assert.deepEqual(readCard(card).contact.addresses, readCard(there).contact.addresses)
    assert.deepEqual(addressLines(convertCard(withNote(there), '3.0')), addressLines(card))
  })
})
