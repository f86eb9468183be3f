import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import type { Contact } from '../book/contact.ts'
import { patchCard } from './patch-card.ts'
import { readCard } from './read-card.ts'

type Change = Partial<Contact> & { categories?: string[] }

/** The lines of a card after a change, without BEGIN, VERSION, REV and END. */
function patched(lines: string[], { categories, ...change }: Change, version = '3.0'): string[] {
  const text = ['BEGIN:VCARD', `VERSION:${version}`, ...lines, 'END:VCARD', ''].join('\r\n')
  const before = readCard(text)
  const contact = { ...before.contact, ...change }
  const rev = new Date('2026-11-22T12:34:56.789Z')
  const after = patchCard(text, { contact, categories: categories ?? before.categories, rev })
  assert.deepEqual(readCard(after).contact, contact)
  if (categories) assert.deepEqual(readCard(after).categories, categories)
  return after.split('\r\n').filter((line) => !/^(?:BEGIN|VERSION|REV|END)\b|^$/.test(line))
}

describe('an edit of a card', () => {
  it('keeps the name components of RFC 9554, unless they repeat a removed name', () => {
    const name = (line: string, change: Change) => patched([line, 'FN:x'], change, '4.0')[0]
    assert.equal(name('N:L;F;;;;Second;Jr.', { first_name: 'G' }), 'N:L;G;;;;Second;Jr.')
    assert.equal(name('N:L;F;;;;Second;Jr.', { last_name: 'M' }), 'N:M;F;;;;Second;Jr.')
    const both = 'N:García,Márquez;G;;;Jr.;Márquez;Jr.'
    assert.equal(name(both, { last_name: 'Mora' }), 'N:Mora;G;;;Jr.;;Jr.')
    assert.equal(name(both, { suffix: null }), 'N:García,Márquez;G;;;;Márquez')
  })

  it('replaces a birthday that is no date', () => {
    const birthday = '1980-02-28'
    const names = ['FN:F', 'N:F;;;;']
    assert.deepEqual(patched([...names, 'BDAY:1980-02-30'], { birthday, dates: [] }), [
      ...names,
      'BDAY:1980-02-28',
    ])
    const circa = [...names, 'BDAY;VALUE=text;LANGUAGE=en:circa 1800']
    assert.deepEqual(patched(circa, { birthday, dates: [] }, '4.0'), [...names, 'BDAY:19800228'])
    assert.deepEqual(patched(circa, { birthday }, '4.0'), [
      ...names,
      'BDAY:19800228',
      'item1.X-ABDATE:circa 1800',
      'item1.X-ABLabel:birthday',
    ])
    const pair = [...names, 'BDAY;ALTID=1:19800101', 'BDAY;ALTID=1;VALUE=text:winter']
    assert.deepEqual(patched(pair, { birthday }, '4.0'), [
      ...names,
      'BDAY;ALTID=1:19800228',
      'BDAY;ALTID=1;VALUE=text:winter',
    ])
    assert.deepEqual(patched(pair, { birthday: null }, '4.0'), [
      ...names,
      'BDAY;ALTID=1;VALUE=text:winter',
    ])
  })

  it('changes each of two birthdays in its own line', () => {
    const names = ['N:Day;Bea;;;', 'FN:Bea Day']
    const two = [...names, 'BDAY:1980-05-06', 'BDAY;X-OWN=1:1980-06-05']
    const [first = '', second = ''] = two.slice(2)
    const asDate = ['item1.X-ABDATE:1980-06-05', 'item1.X-ABLabel:birthday']
    const date = (value: string) => ({ label: 'birthday', value })
    const after = (change: Change, lines = two) => patched(lines, change).slice(2)
    assert.deepEqual(after({ additional_data: 'x' }), [first, second, 'NOTE:x'])
    assert.deepEqual(after({ birthday: '1980-05-07' }), ['BDAY:1980-05-07', second])
    assert.deepEqual(after({ dates: [date('1980-06-06')] }), [first, 'BDAY;X-OWN=1:1980-06-06'])
    assert.deepEqual(after({ dates: [] }), [first])
    assert.deepEqual(after({ birthday: null }), asDate)
    assert.deepEqual(after({ birthday: '1980-06-05' }), ['BDAY:1980-06-05', ...asDate])
    const before = [...names, 'X-ABDATE:2001-02-03', first, second]
    const dates = [date('1980-06-05'), { label: null, value: '2001-02-03' }]
    assert.deepEqual(after({ dates }, before), [...asDate, 'X-ABDATE:2001-02-03', first])
  })

  it('recomposes the full name in its order, and keeps one that somebody chose', () => {
    const fullName = (name: string, change: Change) =>
      patched([`FN:${name}`, 'N:Smith;Jane;Ann;Dr.;Jr.'], change)[0]
    const change = { last_name: 'Miller' }
    for (const [before, after] of [
      ['Dr. Jane Ann Smith Jr.', 'Dr. Jane Ann Miller Jr.'],
      ['Dr. Jane Ann Smith\\, Jr.', 'Dr. Jane Ann Miller\\, Jr.'],
      ['Jane  Smith', 'Jane Miller'],
      ['Smith\\, Jane', 'Miller\\, Jane'],
      ['Smith Jane Ann', 'Miller Jane Ann'],
      ['Smith', 'Miller'],
      ['Jane', 'Jane'],
      ['Mom', 'Mom'],
      ['Smith & Sons', 'Smith & Sons'],
    ] as const) {
      assert.equal(fullName(before, change), `FN:${after}`)
    }
    assert.equal(fullName('Jane', { first_name: null }), 'FN:Dr. Ann Smith Jr.')
    assert.equal(
      patched(['FN:山田太郎', 'N:山田;太郎;;;'], { last_name: '田中' })[0],
      'FN:田中太郎',
    )
    const company = ['FN:Acme', 'N:Smith;Jane;;;', 'ORG:Acme']
    assert.equal(patched(company, change)[0], 'FN:Acme')
    const acme = ['FN:Acme', 'N:;;;;', 'ORG:Acme']
    assert.equal(patched(acme, { first_name: 'Jane' })[0], 'FN:Jane')
    assert.equal(patched(acme, { company: 'Beta' })[0], 'FN:Beta')
  })

  it('recomposes a full name of lists, and one in capitals', () => {
    const first = (...lines: string[]) => patched(lines, { first_name: 'New' }).toSorted()
    assert.deepEqual(
      first('FN:Pre. First Mid1 Mid2 Last\\, Suff.', 'N:Last;First;Mid1,Mid2;Pre.;Suff.'),
      ['FN:Pre. New Mid1 Mid2 Last\\, Suff.', 'N:Last;New;Mid1,Mid2;Pre.;Suff.'],
    )
    assert.deepEqual(first('FN:Dr. Prof. John Al Bo Doe', 'N:Doe;John;Al,Bo;Dr.,Prof.;'), [
      'FN:Dr. Prof. New Al Bo Doe',
      'N:Doe;New;Al,Bo;Dr.,Prof.;',
    ])
    assert.deepEqual(first('FN:John Doe\\, Jr.\\, M.D.', 'N:Doe;John;;;Jr.,M.D.'), [
      'FN:New Doe\\, Jr.\\, M.D.',
      'N:Doe;New;;;Jr.,M.D.',
    ])
    assert.deepEqual(first('FN:JOHN DOE', 'N:Doe;John;;;'), ['FN:NEW DOE', 'N:Doe;New;;;'])
    assert.deepEqual(first('FN:JOHN', 'N:Doe;;;;'), ['FN:JOHN', 'N:Doe;New;;;'])
  })

  it('keeps the full name that somebody chose for an organisation', () => {
    const company = ['N:;;;;', 'FN:Praxis am Markt', 'ORG:Dr. Reh MVZ GmbH;', 'X-ABShowAs:COMPANY']
    const note = { additional_data: 'a' }
    assert.deepEqual(patched(company, note), [...company, 'NOTE:a'])
    assert.ok(patched(company, { company: 'Reh' }).includes('FN:Praxis am Markt'))
    const org = ['FN:ABC Marketing', 'ORG:ABC\\, Inc.;Marketing', 'KIND:org']
    assert.deepEqual(patched(org, note, '4.0'), [...org, 'NOTE:a'])
    const named = ['N:Reh;Ilse;;;', 'FN:Ilse Reh', 'ORG:Acme', 'KIND:org']
    const nameless = patched(named, { first_name: null, last_name: null }, '4.0')
    assert.ok(nameless.includes('FN:Acme'))
    const repeated = ['FN:Acme', 'ORG:Acme', 'KIND:org']
    assert.deepEqual(patched(repeated, { company: 'Beta' }, '4.0')[0], 'FN:Beta')
  })

  it('changes the sound of a name in the line that has it (RFC 9554)', () => {
    const lines = ['FN:A B', 'N;ALTID=1:B;A;;;', 'N;ALTID=1;PHONETIC=ipa:x;y;;;']
    assert.deepEqual(patched(lines, { phonetic_first_name: 'z' }, '4.0'), [
      ...lines.slice(0, 2),
      'N;ALTID=1;PHONETIC=ipa:x;z;;;',
    ])
    const both = [...lines, 'X-PHONETIC-FIRST-NAME:q']
    assert.deepEqual(patched(both, { phonetic_first_name: null }, '4.0'), [
      ...lines.slice(0, 2),
      'N;ALTID=1;PHONETIC=ipa:x;;;;',
    ])
  })

  it('adds no unchanged name that the full name still implies', () => {
    const only = ['FN:Only', 'TEL:1']
    const phones = [{ label: null, value: '2' }]
    assert.deepEqual(patched(only, { phones }, '4.0'), ['FN:Only', 'TEL:2'])
    assert.deepEqual(patched(['FN:Jane Doe', 'NOTE:a'], { additional_data: 'b' }), [
      'FN:Jane Doe',
      'NOTE:b',
    ])
    assert.deepEqual(patched(['N:Doe;Jane;;;', 'NOTE:a'], { additional_data: 'b' }), [
      'N:Doe;Jane;;;',
      'NOTE:b',
    ])
    assert.deepEqual(patched(['FN:Acme', 'X-ABShowAs:COMPANY', 'TEL:1'], { phones }), [
      'FN:Acme',
      'X-ABShowAs:COMPANY',
      'TEL:2',
    ])
    // FN would repeat the company, and no longer be read as a name.
    assert.deepEqual(patched(only, { company: 'Only' }), ['N:;Only;;;', ...only, 'ORG:Only'])
  })

  it('keeps unchanged texts in base64', () => {
    const lines = [
      'FN;ENCODING=b:QW5uIEJlZQ==',
      'N;ENCODING=b:QmVlO0Fubjs7Ow==',
      'TEL;TYPE=HOME;ENCODING=b:MQ==',
    ]
    assert.deepEqual(patched(lines, { nickname: 'C' }), [...lines, 'NICKNAME:C'])
    assert.deepEqual(patched(lines, { first_name: 'Eva' }), [
      'FN:Eva Bee',
      'N:Bee;Eva;;;',
      lines[2],
    ])
    const phones = [{ label: 'work', value: '1' }]
    assert.deepEqual(patched(lines, { phones })[2], 'TEL;TYPE=WORK:1')
  })

  it('replaces a row of Android by a property that others know', () => {
    const row = (rest: string) => `X-ANDROID-CUSTOM:vnd.android.cursor.item/${rest}`
    const names = ['FN:A', 'N:A;;;;']
    const lines = [
      row('nickname;Do;1;'),
      row('contact_event;2010-05-06;1;'),
      row('relation;Ina;14;'),
    ]
    assert.deepEqual(patched([...names, ...lines], { nickname: 'Dosh' }), [
      ...names,
      ...lines.slice(1),
      'NICKNAME:Dosh',
    ])
    const relations = [{ label: 'spouse', value: 'Ira' }]
    assert.deepEqual(patched([...names, ...lines], { relations }), [
      ...names,
      ...lines.slice(0, 2),
      'item1.X-ABRELATEDNAMES:Ira',
      'item1.X-ABLabel:_$!<Spouse>!$_',
    ])
  })

  it('leaves nothing of a text that was broken, and keeps an unchanged one as it came', () => {
    const broken = ['FN:A B', 'N:B;A;;;', 'NOTE:one', '', 'two', 'Mo-Fr: 9', 'TEL:1']
    assert.deepEqual(patched(broken, { additional_data: 'new' }), [
      'FN:A B',
      'N:B;A;;;',
      'NOTE:new',
      'TEL:1',
    ])
    const kept = patched(broken, { nickname: 'C' })
    assert.deepEqual(kept, [...broken.filter((line) => line !== ''), 'NICKNAME:C'])
    // Behind the note it would be read as a part of that.
    const stray = ['FN:A B', 'N:B;A;;;', 'NOTE:one', 'TEL:1', 'stray', 'URL:b']
    assert.deepEqual(patched(stray, { phones: [] }), ['FN:A B', 'N:B;A;;;', 'NOTE:one', 'URL:b'])
    assert.deepEqual(patched(stray, { links: [] }), stray.slice(0, -1))
  })

  it('keeps unchanged lines in quoted-printable', () => {
    const note = 'NOTE;ENCODING=QUOTED-PRINTABLE:a=20b=0D=0Ac=C3=A4'
    const names = ['FN:A B', 'N:B;A;;;']
    assert.deepEqual(patched([...names, note, 'NICKNAME:c'], { nickname: 'd' }), [
      ...names,
      note,
      'NICKNAME:d',
    ])
    const encoded = 'N;ENCODING=QUOTED-PRINTABLE:M=C3=BCller;J=C3=B6rg;;;'
    assert.deepEqual(patched(['FN:x', encoded, note], { first_name: 'Eva' }), [
      'FN:x',
      'N:Müller;Eva;;;',
      note,
    ])
  })

  it('adds, renames and removes single categories', () => {
    const names = ['FN:A', 'N:A;;;;']
    const two = ['CATEGORIES:One, Two', 'X-A:b', 'CATEGORIES:Three']
    const after = (...categories: string[]) =>
      patched([...names, ...two], { categories }).slice(names.length)
    assert.deepEqual(after('One', 'Two', 'Three', 'a,b'), [
      'CATEGORIES:One, Two',
      'X-A:b',
      'CATEGORIES:Three,a\\,b',
    ])
    assert.deepEqual(after('Two', 'Three'), ['CATEGORIES:Two', 'X-A:b', 'CATEGORIES:Three'])
    assert.deepEqual(after('One', 'Two'), ['CATEGORIES:One, Two', 'X-A:b'])
    assert.deepEqual(after('One', 'Zwei', 'Three'), [
      'CATEGORIES:One,Zwei',
      'X-A:b',
      'CATEGORIES:Three',
    ])
    assert.deepEqual(after('Three', 'One'), ['CATEGORIES:Three,One', 'X-A:b'])
    assert.deepEqual(after(), ['X-A:b'])
    assert.deepEqual(patched(names, { categories: ['a', 'b'] }), [...names, 'CATEGORIES:a,b'])
  })

  it('keeps further categories than the thousand that it reads', () => {
    const line = (from: number) => {
      const names = Array.from({ length: 1_500 - from }, (_, at) => `c${at + from}`)
      return `CATEGORIES:${names.join(',')}`
    }
    const text = ['BEGIN:VCARD', 'VERSION:3.0', 'FN:A', line(0), 'END:VCARD', ''].join('\r\n')
    const { contact, categories } = readCard(text)
    assert.equal(categories.length, 1_000)
    const after = (categories: string[]) => {
      const patched = patchCard(text, { contact, categories, rev: new Date(0) })
      return patched.replaceAll('\r\n ', '').split('\r\n')[3]
    }
    assert.equal(after(categories.slice(1)), line(1))
    assert.equal(after([...categories, 'new']), `${line(0)},new`)
    assert.equal(after(categories.toReversed())?.split(',').length, 1_500)
  })
})
