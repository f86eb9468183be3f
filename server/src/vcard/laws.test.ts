import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import fc from 'fast-check'
import { contactsOf } from '../../test/any-contact.ts'
import type { Contact } from '../book/contact.ts'
import { lists, textFields } from '../book/fields.ts'
import { canonicalContact } from './canonical.ts'
import { convertCard } from './convert-card.ts'
import { joinLines, splitLines } from './lines/lines.ts'
import { patchCard } from './patch-card.ts'
import { readPhoto } from './photo.ts'
import { readCard } from './read-card.ts'
import { writeCard } from './write-card.ts'

const rev = new Date('2026-11-22T12:00:00Z')
const versions = ['3.0', '4.0'] as const

const awkward = fc.constantFrom(
  'a',
  'B',
  ' ',
  ';',
  ',',
  '\\',
  '\n',
  'n',
  ':',
  '"',
  '^',
  '=',
  '%',
  'ß',
  '𝄞',
  '_$!<',
  '>!$_',
)
const text = fc.oneof(
  fc.string({ unit: 'grapheme' }),
  fc.string({ unit: awkward }),
  fc.string({ unit: 'binary' }),
  fc.constantFrom('home', 'Work', 'mobile', 'fax', 'anniversary', 'birthday', 'spouse', 'Acme'),
  fc.constantFrom('1990-01-02', '--02-29', '1604-03-04', '19900102', 'tel:1', 'No name'),
  fc.constantFrom('x-apple:a', 'im:b', 'https://example.org/a', 'a@example.org'),
)
const contacts = contactsOf({
  text,
  birthday: fc.constantFrom('1990-01-02', '--02-29', '2024-02-29', '1604-05-05'),
  service: fc.oneof(fc.option(text), fc.constantFrom('Skype', 'jabber', 'twitter', 'Foo Chat')),
}).map(canonicalContact)

/** Cards as other programs might write them, with unknown properties and mistakes. */
const foreign = [
  'BEGIN:VCARD',
  'BEGIN:VCARD\nVERSION:3.0\nitem1.TEL;type=pref:1\nitem1.EMAIL:a@example.org\nitem1.X-ABLabel:Both\n' +
    'TEL:2\nTEL;PREF=3:3\nno colon\nNOTE:a',
  'BEGIN:VCARD\nVERSION:4.0\nKIND:org\nFN:Acme\nTEL;VALUE=uri;PREF=2:tel:1\nTEL;PREF=1:2\n' +
    'BDAY:1985-04\nBDAY;VALUE=text:circa 1800\nADR;LABEL="x y":;;;;;;\nADR;LABEL="^nz":a;b;c;d;e;f;g;h\n' +
    'LABEL:foo\nX-SOCIALPROFILE;type=twitter;x-user=u:http://example.org/u\nitem1.X-ABLabel:alone\nEND:VCARD',
  'BEGIN:VCARD\nVERSION:4.0\nFN:Mom\nN:L;F;;;;Second;Jr.\nNICKNAME;PREF=2:b\nNICKNAME;PREF=1:a,c\n' +
    'N;PHONETIC=ipa:x;y;z\nTITLE;PREF=2:t\nTITLE;PREF=1:u\nBDAY;ALTID=1;VALUE=text:spring\n' +
    'BDAY;ALTID=1:19850102T10\nBDAY;CALSCALE=chinese:19850101\nADR:;;S;C;;;;room;;9;S\nCATEGORIES:One, Two\nEND:VCARD\n',
  'BEGIN:VCARD\r\nVERSION:3.0\r\nN:;;;;\r\nFN:a@example.org\r\nEMAIL:a@example.org\r\n' +
    'NOTE;ENCODING=QUOTED-PRINTABLE:abc=\r\nEND:VCARD\r\n',
  'BEGIN:VCARD\nVERSION:3.0\nN:A,B;C;;;\nFN:C A B\nNICKNAME:d\nX-CUSTOM1:e\n' +
    'X-ANDROID-CUSTOM:vnd.android.cursor.item/nickname;f;1;;\n' +
    'X-ANDROID-CUSTOM:vnd.android.cursor.item/contact_event;2010-05-06;1;;\nX-ABDATE:g\n' +
    'X-ANDROID-CUSTOM:vnd.android.cursor.item/relation;h;0;i;\nNOTE:j\n\nk\nBDAY:31.12.1971\nEND:VCARD\n',
  'BEGIN:VCARD\r\nVERSION:2.1\r\nN;CHARSET=UTF-8;ENCODING=QUOTED-PRINTABLE:=C3=91;A;;;\r\n' +
    'TEL;CELL;PREF:1\r\nTEL;WORK;FAX:2\r\nADR;HOME:;;S;C;;;\r\nLABEL;HOME:S C\r\nLABEL;WORK:elsewhere\r\n' +
    'AGENT:\r\nBEGIN:VCARD\r\nFN:Inner\r\nEND:VCARD\r\nBDAY:19900102\r\nEND:VCARD\r\n',
]
/** Cards with several birthdays, as programs that merge leave them, among other dates. */
const birthdayLines =
  'BDAY:1990-01-02 BDAY:--02-29 BDAY:2024-02-29 BDAY:soon BDAY:19531015T231000Z item1.BDAY:2001-01-01 ' +
  'BDAY;ALTID=1:19900102 BDAY;ALTID=1:19900103 BDAY;ALTID=1;VALUE=text:spring ' +
  'BDAY;CALSCALE=hebrew:57560725 X-KITH-BDAY:19900104 X-KITH-BDAY:20240229 ' +
  'X-KITH-BDAY;VALUE=text:soon ANNIVERSARY:20010203 X-ABDATE:1990-01-02 item1.X-ABDATE:2024-02-29 ' +
  'item1.X-ABLabel:birthday'
const birthdays = fc
  .tuple(
    fc.constantFrom(...versions),
    fc.array(fc.constantFrom(...birthdayLines.split(' ')), { maxLength: 7 }),
  )
  .map(([version, lines]) =>
    ['BEGIN:VCARD', `VERSION:${version}`, 'N:B;A;;;', 'FN:A B', ...lines, 'END:VCARD', ''].join(
      '\r\n',
    ),
  )
const cards = fc.oneof(
  fc.constantFrom(...foreign),
  birthdays,
  fc
    .tuple(contacts, fc.constantFrom(...versions))
    .map(([contact, version]) => writeCard({ uid: 'u', rev, contact, categories: [] }, version)),
)

describe('the laws of the codec', () => {
  it('splits any text into lines and joins it again without a loss', () => {
    const line = fc.constantFrom('A', ':', ';', '\r\n', '\n', '\r', ' ', '=', 'PHOTO;BASE64:', '"')
    const anything = fc.oneof(
      fc.string({ unit: 'binary' }),
      fc.string({ unit: line, maxLength: 60 }),
    )
    fc.assert(fc.property(anything, (text) => assert.equal(joinLines(splitLines(text)), text)))
  })

  it('has one form for each contact', () => {
    fc.assert(
      fc.property(contacts, (contact) => assert.deepEqual(canonicalContact(contact), contact)),
    )
  })

  for (const version of versions) {
    it(`reads from a ${version} card what was written, in lines of 75 octets`, () => {
      fc.assert(
        fc.property(contacts, (contact) => {
          const card = writeCard({ uid: 'a;b', rev, contact, categories: ['a,b', 'c'] }, version)
          const read = readCard(card)
          assert.deepEqual(read.contact, contact)
          assert.deepEqual(
            [read.uid, read.version, read.categories],
            ['a;b', version, ['a,b', 'c']],
          )
          assert.ok(read.fullName && /\r\nN:/.test(card))
          for (const line of card.split('\r\n')) assert.ok(Buffer.byteLength(line) <= 75, line)
        }),
        { numRuns: 300 },
      )
    })

    it(`converts to ${version} without a change of what is read, and nothing that is in it`, () => {
      fc.assert(
        fc.property(cards, (card) => {
          const converted = convertCard(card, version)
          const [before, after] = [readCard(card), readCard(converted)]
          assert.deepEqual(after.contact, before.contact)
          assert.deepEqual([after.version, after.uid], [version, before.uid])
          assert.equal(after.kind, before.kind)
          assert.deepEqual(readPhoto(converted), readPhoto(card))
          assert.equal(convertCard(converted, version), converted)
        }),
        { numRuns: 300 },
      )
    })
  }

  it('leaves a card alone when nothing changes', () => {
    fc.assert(
      fc.property(cards, (card) => {
        const { contact, categories } = readCard(card)
        assert.equal(patchCard(card, { contact, categories, rev, photo: readPhoto(card) }), card)
      }),
    )
  })

  it('reads from a patched card what was asked for, and can undo it', () => {
    const count = textFields.length + lists.length
    const ways = fc.array(fc.nat(6), { minLength: count, maxLength: count })
    fc.assert(
      fc.property(cards, contacts, ways, (card, other, ways) => {
        const { contact: before, categories } = readCard(card)
        const contact = mixed(before, other, ways)
        const patched = patchCard(card, { contact, categories: ['x'], rev })
        assert.deepEqual(readCard(patched).contact, contact)
        assert.deepEqual(readCard(patched).categories, ['x'])
        const undone = patchCard(patched, { contact: before, categories, rev })
        assert.deepEqual(readCard(undone).contact, before)
      }),
      { numRuns: 800 },
    )
  })
})

/** Each field from one contact, the other, or made of both. */
function mixed(before: Contact, other: Contact, ways: number[]): Contact {
  const fields = Object.keys(before).map((key, at) => {
    const [mine, theirs] = [before[key as keyof Contact], other[key as keyof Contact]]
    if (ways[at] === 0) return [key, theirs]
    return [
      key,
      Array.isArray(mine) && Array.isArray(theirs) ? mixedList(mine, theirs, ways[at]) : mine,
    ]
  })
  return Object.fromEntries(fields)
}

function mixedList(mine: { label: string | null }[], theirs: { label: string | null }[], way = 1) {
  if (way === 1) return mine.toReversed()
  if (way === 2) return [...theirs, ...mine]
  if (way === 3) return [...mine.slice(1), ...mine.slice(0, 1), ...theirs.slice(0, 1)]
  if (way === 4) return mine.filter((_, at) => at % 2 === 0)
  if (way === 5) return mine.map((item) => ({ ...item, label: theirs[0]?.label ?? null }))
  return mine
}
