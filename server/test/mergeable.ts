import fc from 'fast-check'
import type { Contact } from '../src/book/contact.ts'
import { storedAsCame } from '../src/contacts/incoming-card.ts'
import { toColumns } from '../src/contacts/store/columns.ts'
import type { CardedRow } from '../src/contacts/store/rows.ts'
import type { StoredContact } from '../src/contacts/store/stored-contact.ts'
import { cardPhotoHash } from '../src/vcard/photo-hash.ts'
import { readCard } from '../src/vcard/read-card.ts'
import { writeCard } from '../src/vcard/write-card.ts'
import { contactsOf } from './any-contact.ts'
import { cardWith } from './cards.ts'

/** Few values, so that two contacts often say the same, or almost. */
const text = fc.constantFrom(
  'Ada',
  'ada',
  'Łukasz',
  'Lukasz',
  'King',
  'home',
  'Work',
  'birthday',
  '1815-12-10',
  'ada@example.org',
  'ADA@Example.org',
  '+44 20 7946 0958',
  '020 7946 0958',
  '1-800-ADA',
  'https://a.example/B',
  'HTTPS://A.example/B/',
  'a, b;c\\',
  'two\nlines',
  '𝄞 :=',
  'X-FOO:bar',
)
const contact = contactsOf({
  text,
  birthday: fc.constantFrom('1815-12-10', '--12-10', '1990-01-02', '2999-01-01'),
})

const picture = 'iVBORw0KGgoAAAANSUhEUg=='
/** Lines of which a contact has no field, some that only look so, and some with mistakes. */
const oddLine = fc.constantFrom(
  'X-UNHEARD-OF;x-level=9:keep me\\, please',
  'item1.X-FOO:a',
  'item1.X-ABLabel:Bridge',
  'item1.TEL;type=pref:+44 20 7946 0958',
  'item2.EMAIL;X-KIND=odd:ada@example.org',
  'item2.X-ABLabel:_$!<Home>!$_',
  'home.ADR;type=HOME:;;1 Harbor Rd;London;;;',
  'home.X-ABADR:gb',
  `KEY;ENCODING=b;TYPE=PGP:${picture}`,
  `LOGO;ENCODING=b;TYPE=PNG:${picture}`,
  `PHOTO;ENCODING=b;TYPE=PNG:${picture}`,
  'SOURCE:ldap://a.example/cn=Ada',
  'X-SOCIALPROFILE;type=twitter;x-user=ada:http://twitter.com/ada',
  'X-ANDROID-CUSTOM:vnd.android.cursor.item/nickname;Addie;1;;',
  'X-ANDROID-CUSTOM:vnd.android.cursor.item/unheard;b;1;;',
  'GENDER:F',
  'ORG:Analytical Engines;Notes',
  'ORG:Babbage & Sons',
  'TITLE:Programmer',
  'TITLE;type=pref:Countess',
  'NICKNAME:Enchantress, Addie',
  'NOTE:two\\nlines',
  'NOTE:',
  'BDAY:circa 1815',
  'N:King;Ada;;;',
  'FN:The Enchantress of Numbers',
  'SORT-STRING:King',
  'no colon',
)
const oddLines = fc.oneof(
  fc.tuple(fc.constantFrom('3.0' as const, '4.0' as const), fc.array(oddLine, { maxLength: 12 })),
  fc.constant([
    '4.0' as const,
    [
      'FN:Ada King',
      'FN;LANGUAGE=uk:Ада Кінг',
      'NOTE;ALTID=1;LANGUAGE=en:Wrote a program',
      'NOTE;ALTID=1;LANGUAGE=uk:Написала програму',
      'ADR;ALTID=2:;;;Kyiv;;;',
      'ADR;ALTID=2;LANGUAGE=uk:;;;Київ;;;',
    ],
  ] as const),
  fc.constant([
    '2.1' as const,
    ['N;CHARSET=UTF-8;ENCODING=QUOTED-PRINTABLE:=C5=81;A;;;', 'TEL;CELL;PREF:1', 'X-OLD;A;B:c'],
  ] as const),
)

/** What is stored of any contact: with a card or without, with lines that programs write. */
export const anyStored: fc.Arbitrary<StoredContact> = fc.oneof(
  contact.map((one) => ({
    columns: toColumns(one, []),
    labelIds: [],
    uid: null,
    photoHash: null,
    card: null,
  })),
  fc.tuple(contact, fc.constantFrom('3.0' as const, '4.0' as const)).map(([one, version]) => {
    const rev = new Date('2026-11-22T12:00:00Z')
    return cameAs(writeCard({ uid: 'u', rev, contact: one, categories: [] }, version))
  }),
  oddLines.map(([version, lines]) => cameAs(cardWith(version, ...lines))),
)

function cameAs(card: string): StoredContact {
  const read = { text: card, ...readCard(card), photoHash: cardPhotoHash(card) }
  return storedAsCame(read, '', { ids: [], names: [] })
}

/** A contact as it stands in the database. */
export function rowOf(id: string, { columns, labelIds, uid, photoHash, card }: StoredContact) {
  const { search: _search, ...shown } = columns
  const at = '2026-11-22T12:00:00.000Z'
  const row: CardedRow = {
    ...shown,
    id,
    uid,
    label_ids: labelIds,
    photo_hash: photoHash,
    card: card?.text ?? null,
    card_version: card?.version ?? null,
    modseq: 1,
    created_modseq: 1,
    created_via: 'api',
    created_at: at,
    updated_at: at,
    deleted_at: null,
  }
  return row
}

/** All texts that a contact holds. */
export function textsOf(contact: Contact): string[] {
  return Object.values(contact).flatMap((value) => {
    if (value === null) return []
    if (typeof value === 'string') return [value]
    return value.flatMap((item) =>
      Object.entries(item).flatMap(([part, text]) => (part === 'label' ? [] : (text ?? []))),
    )
  })
}
