import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { convertCard } from './convert-card.ts'
import { patchCard } from './patch-card.ts'
import { readCard } from './read-card.ts'

const rev = new Date('2026-11-22T12:00:00Z')

function cardOf(version: '3.0' | '4.0', ...lines: string[]): string {
  return ['BEGIN:VCARD', `VERSION:${version}`, 'FN:A B', ...lines, 'END:VCARD', ''].join('\r\n')
}

/** The lines of a card of 4.0 after changes of what is made of it in 3.0, sorted. */
function changedLines(lines: string[], ...changes: ((card: string) => string)[]): string[] {
  const there = convertCard(cardOf('4.0', 'N:B;A;;;', ...lines), '3.0')
  const changed = changes.reduce((card, change) => change(card), there)
  return linesOf(convertCard(changed, '4.0'))
}

function linesOf(card: string): string[] {
  const lines = card.replaceAll('\r\n ', '').trimEnd().split('\r\n').slice(2, -1)
  return lines.filter((line) => !/^(?:FN|N|REV)\b/.test(line)).toSorted()
}

const replaced = (before: string, after: string) => (card: string) => {
  const changed = card.replace(before, after)
  assert.notEqual(changed, card)
  return changed
}

type Phone = { label: string | null; value: string }

/** A change by the API of a card that is kept as 3.0. */
const byApi = (change: (phones: Phone[]) => Phone[]) => (card: string) => {
  const { contact, categories } = readCard(card)
  return patchCard(card, {
    contact: { ...contact, phones: change(contact.phones) },
    categories,
    rev,
  })
}

/** A doubled number, such as 22 for 2. */
const doubled = (number: number) =>
  byApi((phones) =>
    phones.map((phone, at) =>
      at === number - 1 ? { ...phone, value: phone.value.repeat(2) } : phone,
    ),
  )

describe('what 3.0 does not have of a line that is changed in it', () => {
  const phones = ['TEL;PID=1.1;PREF=1:1', 'TEL;PID=2.1;PREF=2;PROP-ID=p:2', 'TEL:3']

  it('stays with the line, whoever changes its value', () => {
    const wanted = ['TEL;PID=1.1;PREF=1:1', 'TEL;PID=2.1;PREF=2;PROP-ID=p:22', 'TEL:3']
    assert.deepEqual(changedLines(phones, replaced(':2\r', ':22\r')), wanted.toSorted())
    assert.deepEqual(changedLines(phones, doubled(2)), wanted.toSorted())
  })

  it('stays through several changes, of all lines at once or in turn', () => {
    const wanted = ['TEL:33', 'TEL;PID=2.1;PREF=2;PROP-ID=p:22', 'TEL;PREF=1;PID=1.1:11']
    const inTurn = ['1', '2', '3'].map((value) => replaced(`:${value}\r`, `:${value}${value}\r`))
    assert.deepEqual(changedLines(phones, ...inTurn), wanted)
    assert.deepEqual(changedLines(phones, doubled(1), doubled(2), doubled(3)), wanted)
  })

  it('stays with a value that gets another label', () => {
    assert.deepEqual(
      changedLines(
        ['TEL;PID=1.1:1', 'TEL;PID=2.1;TYPE=home:2'],
        replaced('TYPE=home', 'TYPE=work'),
      ),
      ['TEL;PID=1.1:1', 'TEL;TYPE=work;PID=2.1:2'],
    )
  })

  it('goes with a line that is removed', () => {
    const removed = replaced('TEL:2\r\n', '')
    assert.deepEqual(changedLines(phones, removed), ['TEL:3', 'TEL;PID=1.1;PREF=1:1'])
    const inTurn = [replaced(':3\r', ':33\r'), replaced('TEL;TYPE=PREF:1\r\n', '')]
    assert.ok(!changedLines(phones, ...inTurn).some((line) => line.includes('PID=1.1')))
    const byKith = [doubled(3), byApi((phones) => phones.slice(1))]
    assert.ok(!changedLines(phones, ...byKith).some((line) => line.includes('PID=1.1')))
  })

  it('is a URI as long as the value is one', () => {
    const lines = ['TEL;VALUE=uri:sip:a@example.org']
    assert.deepEqual(changedLines(lines, replaced('sip:a', 'sip:b')), [
      'TEL;VALUE=uri:sip:b@example.org',
    ])
    assert.deepEqual(changedLines(lines, replaced('sip:a@example.org', '1')), ['TEL:1'])
  })

  it('is not what is said of the value', () => {
    assert.deepEqual(
      changedLines(['ORG;SORT-AS="Acme";PID=1.1:The Acme'], replaced('The Acme', 'The Other')),
      ['ORG;PID=1.1:The Other'],
    )
  })

  it('is not what 3.0 has a line of its own for', () => {
    const address = ['ADR;PID=1.1;LABEL="S^nC":;;S;C;;;']
    const reprinted = replaced('S\\nC', 'T\\nC')
    assert.deepEqual(changedLines(address, reprinted), ['ADR;LABEL=T^nC;PID=1.1:;;S;C;;;'])
    const unprinted = (card: string) => card.replace(/LABEL.*\r\n/, '')
    assert.deepEqual(changedLines(address, unprinted), ['ADR;PID=1.1:;;S;C;;;'])
    const named = cardOf('4.0', 'N;PID=1.1;SORT-AS=Reh:von Reh;Ilse;;;')
    const sorted = replaced('SORT-STRING:Reh', 'SORT-STRING:von')(convertCard(named, '3.0'))
    assert.match(convertCard(sorted, '4.0'), /\r\nN;SORT-AS=von;PID=1\.1:von Reh;Ilse;;;\r\n/)
  })

  it('stays with a name, a date and a relation', () => {
    const lines = [
      'ANNIVERSARY;PID=1.1:20010203',
      'NICKNAME;PID=1.1:Bob',
      'RELATED;PID=1.1;VALUE=text;TYPE=friend:Eve',
    ]
    const changes = [
      replaced('2001-02-03', '2002-02-03'),
      replaced(':Bob', ':Rob'),
      replaced(':Eve', ':Eva'),
    ]
    const found = changedLines(lines, ...changes)
    assert.deepEqual(
      found.map((line) => [line.includes('PID=1.1'), line.replace(/.*:/, '')]),
      [
        [true, '20020203'],
        [true, 'Rob'],
        [true, 'Eva'],
      ],
    )
  })
})

describe('the other forms of a value that is changed in 3.0', () => {
  const titles = ['TITLE;ALTID=1;LANGUAGE=en:Boss', 'TITLE;ALTID=1;LANGUAGE=fr:Patronne']
  const companies = ['ORG;ALTID=1:Acme', 'ORG;ALTID=1;LANGUAGE=fr:Acmé']

  it('are outdated', () => {
    assert.deepEqual(changedLines(titles, replaced(':Boss', ':Chief')), ['TITLE;LANGUAGE=en:Chief'])
    assert.deepEqual(changedLines(companies, replaced(':Acme\r', ':Other\r')), [
      'ORG;ALTID=1:Other',
    ])
    const there = convertCard(
      cardOf('4.0', 'N;ALTID=1:B;A;;;', 'N;ALTID=1;LANGUAGE=ja:Be;Ah;;;').replace(
        'FN:A B',
        'FN;ALTID=1:A B\r\nFN;ALTID=1;LANGUAGE=ja:Be Ah',
      ),
      '3.0',
    )
    assert.match(convertCard(there, '4.0'), /\nN;ALTID=1;LANGUAGE=ja:Be;Ah;;;\r\n/)
    assert.match(convertCard(there, '4.0'), /\nFN;ALTID=1;LANGUAGE=ja:Be Ah\r\n/)
    const renamed = there.replace('\nFN:A B', '\nFN:C D').replace('\nN:B;A', '\nN:D;C')
    assert.doesNotMatch(convertCard(renamed, '4.0'), /LANGUAGE=ja/)
  })

  it('stay where it is only written in another way', () => {
    const retyped = replaced('LANGUAGE=en:Boss', 'LANGUAGE=en;X-PHONE=1:Boss')
    assert.deepEqual(changedLines(titles, retyped), [
      'TITLE;ALTID=1;LANGUAGE=en;X-PHONE=1:Boss',
      'TITLE;ALTID=1;LANGUAGE=fr:Patronne',
    ])
    assert.deepEqual(changedLines(companies), companies.toSorted())
  })
})
