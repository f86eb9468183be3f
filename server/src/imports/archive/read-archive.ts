import { isDeepStrictEqual } from 'node:util'
import type { Contact } from '../../book/contact.ts'
import { oneLine } from '../../book/text.ts'
import { withBirthdayAsDate } from '../../contacts/birthday-as-date.ts'
import { keepSpelling } from '../../contacts/keep-spelling.ts'
import { canonicalContact } from '../../vcard/canonical.ts'
import { fullName, noName } from '../../vcard/fields/full-name.ts'
import { cardPhotoHash } from '../../vcard/photo-hash.ts'
import { readCard, type ReadCard } from '../../vcard/read-card.ts'
import { maxCardBytes } from '../../vcard/vcard-error.ts'
import { isBlank, type Archived, type Entry } from '../file/entry.ts'
import {
  fingerprintCard,
  fingerprintRow,
  fingerprintTrashed,
  type Fingerprints,
} from '../file/fingerprint.ts'
import { refusalOf, refused } from '../remarks/refused.ts'
import { remark, type Remark } from '../remarks/remark.ts'
import { archivedContact, type ArchivedContact } from './archived-contact.ts'
import { membersIn } from './json-members.ts'
import { jsonPieces } from './json-pieces.ts'
import { maxElementSize, type JsonPiece } from './json-scanner.ts'

const maxNameLength = 200
const maxUidOctets = 1024
const maxNamedMembers = 5

/** The lists of an archive whose elements are entries; the list of an archive that is one has no name. */
const entryLists: ReadonlySet<string> = new Set(['', 'contacts', 'groups', 'trash'])

/** Whether the elements of a list of an archive are entries. */
export function isEntryList(list: string): boolean {
  return entryLists.has(list)
}

/** Counts the entries of an archive. */
export async function countArchive(
  chunks: AsyncIterable<Uint8Array>,
  count: () => unknown,
): Promise<void> {
  for await (const _ of jsonPieces(chunks, isEntryList)) await count()
}

/**
 * Reads the entries of an archive behind the first `after`, which are skipped. A damaged one fails by
 * itself.
 */
export async function* readArchive(
  chunks: AsyncIterable<Uint8Array>,
  after: number,
): AsyncGenerator<Entry> {
  let number = 0
  for await (const piece of jsonPieces(chunks, isEntryList)) {
    number++
    if (number > after) yield readPiece(piece, number)
  }
}

const remarksOnPieces = {
  too_large: remark('contact_too_large', { mebibytes: maxElementSize / maxCardBytes }),
  too_deep: remark('contact_too_deep'),
  not_utf8: remark('contact_not_utf8'),
  no_json: remark('archive_not_json'),
  cut_off: remark('archive_cut_off'),
}

function readPiece(piece: JsonPiece, number: number): Entry {
  if (piece.kind !== 'element') {
    const why = remarksOnPieces[piece.reason]
    return { kind: 'failed', number, name: null, remark: why, source: null }
  }
  return readElement(piece.text, number, piece.list)
}

function readElement(source: string, number: number, list: string): Entry {
  let name: string | null = null
  try {
    const members = list === 'groups' ? { card: textOf(source) } : membersIn(source)
    if (!members) throw refused('not_a_contact')
    const said = archivedContact(members)
    name = nameOf(said.contact)
    const archived = archivedOf(source, said, list === 'trash')
    return said.card === null
      ? rowEntry(number, said, archived)
      : cardEntry(number, said, said.card, archived)
  } catch (error) {
    const why = refusalOf(error)
    if (!why) throw error
    return { kind: 'failed', number, name, remark: why, source }
  }
}

function archivedOf(source: string, said: ArchivedContact, isTrash: boolean): Archived {
  const { id, colours, createdAt, updatedAt, deletedAt, revisions } = said
  const now = new Date().toISOString()
  return {
    source,
    id,
    colours,
    createdAt,
    updatedAt: updatedAt !== null && createdAt !== null && updatedAt < createdAt ? null : updatedAt,
    deletedAt: isTrash ? (deletedAt ?? now) : null,
    revisions,
  }
}

/** @throws {Refused} */
function rowEntry(number: number, said: ArchivedContact, archived: Archived): Entry {
  const { contact, labels } = said
  if (isBlank(contact)) throw refused('contact_empty')
  if (Buffer.byteLength(JSON.stringify(contact)) > maxCardBytes) {
    throw refused('contact_fields_too_large')
  }
  const uid = requireUid(said.uid)
  const fingerprints = kept(fingerprintRow(contact, uid, labels), archived)
  const name = nameOf(contact)
  const source: string[] = []
  return {
    kind: 'row',
    number,
    name,
    contact,
    fingerprints,
    labels,
    uid,
    columns: 'all',
    beyond: [],
    source,
    remarks: remarksOn(said, null),
    archived,
  }
}

/** @throws {Refused} @throws {VcardError} */
function cardEntry(number: number, said: ArchivedContact, card: string, archived: Archived): Entry {
  if (card.includes('\0')) throw refused('card_nul_character')
  const text = card.toWellFormed()
  const stated = readCard(text)
  if (stated.kind === 'group') {
    const name = shown(stated.fullName ?? '')
    if (name === null) throw refused('group_without_name')
    return { kind: 'group', number, name, text }
  }
  const uid = requireUid(stated.uid ?? said.uid)
  const { labels } = said
  const contact = keepSpelling(stated.contact, said.contact)
  const read = { ...stated, uid, contact, categories: labels }
  return {
    kind: 'card',
    number,
    name: shown(stated.fullName ?? '') ?? nameOf(contact),
    text,
    read,
    fingerprints: kept(fingerprintCard(text, uid, labels), archived),
    photoHash: cardPhotoHash(text),
    remarks: remarksOn(said, stated),
    archived,
  }
}

/** A contact in the trash is none of those in use, whatever it says. */
function kept(fingerprints: Fingerprints, { id, deletedAt }: Archived): Fingerprints {
  return deletedAt === null ? fingerprints : fingerprintTrashed(fingerprints, id)
}

function remarksOn(said: ArchivedContact, card: ReadCard | null): Remark[] {
  const { contact, hasFields, unknown } = said
  const isOther =
    card !== null &&
    hasFields &&
    !isDeepStrictEqual(contact, canonicalContact(withBirthdayAsDate(card.contact)))
  return [
    ...(isOther ? [remark('card_differs')] : []),
    ...(unknown.length > 0 ? [remarkOnMembers(unknown)] : []),
  ]
}

function remarkOnMembers(unknown: readonly string[]): Remark {
  const names = unknown.slice(0, maxNamedMembers).map((name) => shown(name) ?? '“”')
  return remark('members_unknown', { names, others: unknown.length - names.length })
}

/** @throws {Refused} */
function requireUid(uid: string | null): string | null {
  if (uid === null || Buffer.byteLength(uid) <= maxUidOctets) return uid
  throw refused('contact_uid_too_long', { octets: maxUidOctets })
}

function nameOf(contact: Contact): string | null {
  const name = fullName(contact)
  return name === noName ? null : shown(name)
}

function shown(text: string): string | null {
  return oneLine(text.slice(0, maxNameLength))
}

function textOf(source: string): unknown {
  try {
    return JSON.parse(source)
  } catch {
    return null
  }
}
