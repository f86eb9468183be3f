import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import type { Contact } from '../book/contact.ts'
import { patchCard } from './patch-card.ts'
import { readPhoto, type Photo } from './photo.ts'
import { readCard } from './read-card.ts'

const rev = new Date('2026-11-22T12:34:56.789Z')

const card = [
  'BEGIN:VCARD',
  'VERSION:3.0',
  'PRODID:-//Apple Inc.//iPhone OS 17.5//EN',
  'N:Doe;John;;;',
  'FN:Johnny D.',
  'item1.EMAIL;type=INTERNET;X-SLOT=1:one@example.org',
  'item1.X-ABLabel:Boat',
  'EMAIL;type=INTERNET;type=HOME;type=pref:two@example.org',
  'EMAIL;type=INTERNET;type=WORK:three@example.org',
  'item2.TEL:1',
  'item2.X-ABLabel:_$!<School>!$_',
  'NOTE;X-A="b:c":A note that was folded where its wri',
  ' ter wanted it',
  'X-UNKNOWN;X-B=1;X-B=2:kept',
  'PHOTO;X-ABCROP-RECTANGLE=1;ENCODING=b;TYPE=GIF:R0lGODlhAQABAAAAACw=',
  'ORG:Acme\\, Inc.;One;Two',
  'REV:2020-01-01T00:00:00Z',
  'END:VCARD',
  '',
]

/** The lines that a change removes from the card and adds to it, without REV. */
function changed(change: Partial<Contact>, lines = card, photo?: Photo | null) {
  const text = lines.join('\r\n')
  const { contact, categories } = readCard(text)
  const patched = patchCard(text, { contact: { ...contact, ...change }, categories, rev, photo })
  assert.deepEqual(readCard(patched).contact, { ...contact, ...change })
  const after = patched.split('\r\n')
  const isNoRev = (line: string) => !line.startsWith('REV')
  return {
    removed: lines.filter((line) => !after.includes(line)).filter(isNoRev),
    added: after.filter((line) => !lines.includes(line)).filter(isNoRev),
    after,
  }
}

const [one, two, three] = readCard(card.join('\r\n')).contact.emails

describe('patching a card', () => {
  it('keeps the name of an organisation that is also its nickname', () => {
    const organisation = ['BEGIN:VCARD', 'VERSION:4.0', 'KIND:org', 'FN:Acme', 'END:VCARD', '']
    const { added } = changed({ nickname: 'Acme' }, organisation)
    assert.deepEqual(added, ['NICKNAME:Acme'])
  })

  it('changes what is shown as a custom field in its own property', () => {
    const lines = [
      'BEGIN:VCARD',
      'VERSION:4.0',
      'FN:A B',
      'N:B;A;;;',
      'GENDER:F;a',
      'GEO:geo:1.5,2',
      'ROLE:x',
      'END:VCARD',
      '',
    ]
    const custom_fields = [
      { label: 'Gender', value: 'M;b, c' },
      { label: 'Position', value: '-3,4.25' },
      { label: 'Role', value: 'y' },
    ]
    const { removed, added } = changed({ custom_fields }, lines)
    assert.deepEqual(removed, ['GENDER:F;a', 'GEO:geo:1.5,2', 'ROLE:x'])
    assert.deepEqual(added, ['GENDER:M;b\\, c', 'GEO:geo:-3,4.25', 'ROLE:y'])
    const elsewhere = [{ label: 'Position', value: 'at home' }]
    assert.deepEqual(changed({ custom_fields: elsewhere }, lines).added, [
      'item1.X-KITH-FIELD:at home',
      'item1.X-ABLabel:Position',
    ])
  })

  it('removes the other forms of a value that changes, and keeps those of the others', () => {
    const lines = [
      'BEGIN:VCARD',
      'VERSION:4.0',
      'FN:A B',
      'N:B;A;;;',
      'TITLE;ALTID=1;LANGUAGE=fr:Patronne',
      'TITLE;ALTID=1;LANGUAGE=en:Boss',
      'TEL;ALTID=1:1',
      'TEL;ALTID=1;LANGUAGE=en:one',
      'END:VCARD',
      '',
    ]
    const { removed, added } = changed({ job_title: 'Owner' }, lines)
    assert.deepEqual(removed, [
      'TITLE;ALTID=1;LANGUAGE=fr:Patronne',
      'TITLE;ALTID=1;LANGUAGE=en:Boss',
    ])
    assert.deepEqual(added, ['TITLE;ALTID=1;LANGUAGE=fr:Owner'])
    assert.deepEqual(changed({ phones: [] }, lines).removed.length, 2)
  })

  it('moves the other forms of a value with it', () => {
    const lines = ['TEL;ALTID=3:+1', 'TEL;ALTID=3:+2', 'TEL:+5', 'TEL:+6']
    const text = ['BEGIN:VCARD', 'VERSION:4.0', 'FN:A', 'N:A;;;;', ...lines, 'END:VCARD', '']
    const phones = readCard(text.join('\r\n')).contact.phones.toReversed()
    const { after, removed } = changed({ phones }, text)
    assert.ok(after.indexOf('TEL;ALTID=3:+1') < after.indexOf('TEL;ALTID=3:+2'))
    assert.ok(
      removed.every((line) => !line.includes('ALTID')),
      'both forms stay',
    )
  })

  it('keeps a full name that also is the nickname, and says by an N when it is no name any more', () => {
    const lines = [
      'BEGIN:VCARD',
      'VERSION:4.0',
      'FN:Jo Fuchs',
      'NICKNAME:Jo Fuchs',
      'END:VCARD',
      '',
    ]
    assert.deepEqual(changed({ nickname: 'Jo' }, lines).removed, ['NICKNAME:Jo Fuchs'])
    const nameless = changed({ first_name: null, last_name: null }, lines)
    assert.deepEqual(nameless.added, ['N:;;;;'])
  })

  it('replaces only the line that changed, keeping its group and parameters, and REV', () => {
    assert.ok(one && two && three)
    const emails = [one, { ...two, value: 'boat@example.org' }, three]
    const { removed, added, after } = changed({ emails })
    assert.deepEqual(removed, ['item1.EMAIL;type=INTERNET;X-SLOT=1:one@example.org'])
    assert.deepEqual(added, ['item1.EMAIL;type=INTERNET;X-SLOT=1:boat@example.org'])
    assert.ok(after.includes('REV:2026-11-22T12:34:56Z'))
  })

  it('marks another item as preferred without moving lines', () => {
    assert.ok(one && two && three)
    const { removed, added } = changed({ emails: [three, two, one] })
    assert.deepEqual(removed, [
      'EMAIL;type=INTERNET;type=HOME;type=pref:two@example.org',
      'EMAIL;type=INTERNET;type=WORK:three@example.org',
    ])
    assert.deepEqual(
      added,
      [
        'EMAIL;type=INTERNET;type=WORK;TYPE=PREF:three@example.org',
        'EMAIL;type=INTERNET;type=HOME:two@example.org',
      ].toReversed(),
    )
  })

  it('removes the X-ABLabel of a removed property', () => {
    assert.deepEqual(changed({ phones: [] }), {
      removed: ['item2.TEL:1', 'item2.X-ABLabel:_$!<School>!$_'],
      added: [],
      after: changed({ phones: [] }).after,
    })
  })

  it('writes a changed label as TYPE or X-ABLabel, whichever it needs', () => {
    const relabelled = (label: string | null) => changed({ phones: [{ label, value: '1' }] })
    assert.deepEqual(relabelled('Cabin').added, ['item2.X-ABLabel:Cabin'])
    assert.deepEqual(relabelled('work').added, ['item2.TEL;TYPE=WORK:1'])
    assert.deepEqual(relabelled('work').removed, ['item2.TEL:1', 'item2.X-ABLabel:_$!<School>!$_'])
    assert.deepEqual(relabelled(null).removed, ['item2.X-ABLabel:_$!<School>!$_'])
    const emails = [{ label: 'Desk', value: 'three@example.org' }]
    assert.deepEqual(changed({ emails }).added, [
      'item3.EMAIL;type=INTERNET:three@example.org',
      'item3.X-ABLabel:Desk',
    ])
  })

  it('keeps a full name that somebody chose, unless nothing else is a name', () => {
    assert.deepEqual(changed({ first_name: 'Jane' }).added, ['N:Doe;Jane;;;'])
    assert.deepEqual(changed({ company: 'Beta' }).added, ['ORG:Beta;One;Two'])
    assert.deepEqual(changed({ department: null }).added, ['ORG:Acme\\, Inc.'])
    assert.deepEqual(changed({ first_name: null, last_name: null }).added, [
      'N:;;;;',
      'FN:Acme\\, Inc.',
    ])
  })

  it('adds, keeps and removes a photo', () => {
    assert.ok(changed({ nickname: 'J' }).after.some((line) => line.startsWith('PHOTO;X-ABCROP')))
    const photo: Photo = { kind: 'bytes', mediaType: 'image/png', bytes: Buffer.from('\x89PNG') }
    const { added, after } = changed({}, card, photo)
    assert.deepEqual(added, ['PHOTO;ENCODING=b;TYPE=PNG:wolQTkc='])
    assert.ok(readPhoto(after.join('\r\n')))
    assert.equal(readPhoto(changed({}, card, null).after.join('\r\n')), null)
  })

  it('keeps the line ends of the card, and adds lines even without END', () => {
    const text = 'BEGIN:VCARD\nVERSION:4.0\nFN:A B\nN:B;A;;;\nTEL:1'
    const { contact } = readCard(text)
    const patched = patchCard(text, {
      contact: { ...contact, nickname: 'C' },
      categories: ['x'],
      rev,
    })
    const added = 'NICKNAME:C\nCATEGORIES:x\nREV:20261122T123456Z\n'
    assert.equal(patched, `${text}\n${added}`)
  })

  it('upgrades a card in 2.1 to 3.0 first', () => {
    const text = [
      'BEGIN:VCARD',
      'VERSION:2.1',
      'N;CHARSET=UTF-8;ENCODING=QUOTED-PRINTABLE:M=C3=BCller;J=C3=B6rg',
      'TEL;CELL;PREF:1',
      'NOTE;ENCODING=QUOTED-PRINTABLE:a, b;=0D=0A=',
      'c',
      'PHOTO;GIF;BASE64:',
      ' R0lGODlhAQAB',
      ' AAAAACw=',
      '',
      'X-OTHER:a,b;c',
      'AGENT:',
      'BEGIN:VCARD',
      'FN:Inner',
      'END:VCARD',
      'END:VCARD',
      '',
    ]
    const { after } = changed({ nickname: 'J' }, text)
    assert.deepEqual(after, [
      'BEGIN:VCARD',
      'VERSION:3.0',
      'FN:Jörg Müller',
      'N:Müller;Jörg',
      'TEL;TYPE=CELL;TYPE=PREF:1',
      'NOTE:a\\, b\\;\\nc',
      'PHOTO;ENCODING=b;TYPE=GIF:R0lGODlhAQABAAAAACw=',
      'X-OTHER:a,b;c',
      'AGENT:BEGIN:VCARD\\nFN:Inner\\nEND:VCARD',
      'NICKNAME:J',
      'REV:2026-11-22T12:34:56Z',
      'END:VCARD',
      '',
    ])
  })
})
