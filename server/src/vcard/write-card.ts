import type { Contact } from '../book/contact.ts'
import { oneLine } from '../book/text.ts'
import { bareUid } from '../book/uid.ts'
import { canonicalCategories, canonicalContact } from './canonical.ts'
import { dateProperty } from './fields/date-list.ts'
import { fullName } from './fields/full-name.ts'
import { nameParts } from './fields/person.ts'
import { codecOf, codedLists } from './fields/properties.ts'
import { textProperties } from './fields/text-properties.ts'
import type { Version } from './lines/card.ts'
import { joinLines, type Line } from './lines/lines.ts'
import { writeText } from './lines/text-value.ts'
import { editCard, newLine } from './patch/card-edit.ts'
import { newItemLines } from './patch/item-lines.ts'
import { writeRev } from './patch/rev.ts'
import { newPhotoLine, type Photo } from './photo.ts'
import type { Kind } from './read-card.ts'

export type NewCard = {
  uid: string
  rev: Date
  contact: Contact
  categories: readonly string[]
  photo?: Photo | null | undefined
  kind?: Kind | undefined
  /** The name of a group, which replaces the one composed from the contact. */
  fullName?: string | undefined
  /** The UIDs of a group's members. */
  members?: readonly string[] | undefined
}

/**
 * Writes a new card: the same text for the same contact. FN is never empty, N is always there, and
 * lines end in CRLF.
 */
export function writeCard(card: NewCard, version: '3.0' | '4.0'): string {
  const contact = canonicalContact(card.contact)
  const edit = editCard(emptyCard(version), version)
  const line = (name: string, value: string) => newLine(edit, name, value)
  const text = (name: string, value: string | null) => (value ? line(name, writeText(value)) : [])
  const { company, department } = contact
  const org = [company, ...(department ? [department] : [])].map((part) => writeText(part ?? ''))
  const name = nameParts.map((key) => writeText(contact[key] ?? '')).join(';')
  const birthday = contact.birthday && dateProperty('BDAY', contact.birthday, version)
  const categories = canonicalCategories(card.categories).map(writeText).join(',')
  const lines: Line[] = [
    line('BEGIN', 'VCARD'),
    line('VERSION', version),
    line('UID', writeText(card.uid)),
    ...kindLines(card, line, version),
    line('FN', writeText(oneLine(card.fullName ?? '') ?? fullName(contact))),
    line('N', name),
    ...textProperties.flatMap(({ name, field }) => text(name, contact[field])),
    ...[text('NICKNAME', contact.nickname)].flat(),
    ...(org.some(Boolean) ? [line('ORG', org.join(';'))] : []),
    ...(birthday ? [newLine(edit, 'BDAY', birthday.value, birthday)] : []),
    ...codedLists.flatMap((list) => {
      const codec = codecOf(list)
      return contact[list].flatMap((item) =>
        newItemLines(edit, codec, item, codec.create(item, version)),
      )
    }),
    ...[text('NOTE', contact.additional_data)].flat(),
    ...(categories ? [line('CATEGORIES', categories)] : []),
    ...(card.photo ? [newPhotoLine(edit, card.photo)] : []),
    line('REV', writeRev(card.rev, version)),
    line('END', 'VCARD'),
  ]
  return joinLines(lines)
}

function kindLines(
  { kind = 'individual', members = [] }: NewCard,
  line: (name: string, value: string) => Line,
  version: Version,
): Line[] {
  const uris = members.map((uid) => `urn:uuid:${bareUid(uid)}`)
  if (version === '4.0') {
    const kinds = kind === 'individual' ? [] : [line('KIND', kind)]
    return [...kinds, ...uris.map((uri) => line('MEMBER', uri))]
  }
  if (kind === 'org') return [line('X-ABShowAs', 'COMPANY')]
  if (kind !== 'group') return []
  // RFC 2426 has no groups: these are Apple's properties.
  const members3 = uris.map((uri) => line('X-ADDRESSBOOKSERVER-MEMBER', uri))
  return [line('X-ADDRESSBOOKSERVER-KIND', 'group'), ...members3]
}

function emptyCard(version: Version) {
  return { lines: [], begin: 0, end: 0, version, lineEnd: '\r\n' }
}
