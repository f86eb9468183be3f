import { isDeepStrictEqual } from 'node:util'
import type { Contact } from '../../book/contact.ts'
import { oneLine } from '../../book/text.ts'
import { withBirthdayAsDate } from '../../contacts/birthday-as-date.ts'
import { keepSpelling } from '../../contacts/keep-spelling.ts'
import { AppError } from '../../errors.ts'
import { canonicalContact } from '../../vcard/canonical.ts'
import { fullName, noName } from '../../vcard/fields/full-name.ts'
import { cardPhotoHash } from '../../vcard/photo-hash.ts'
import { readCard, type ReadCard } from '../../vcard/read-card.ts'
import { maxCardBytes, VcardError } from '../../vcard/vcard-error.ts'
import { isBlank, type Archived, type Entry } from '../file/entry.ts'
import {
  fingerprintCard,
  fingerprintRow,
  fingerprintTrashed,
  type Fingerprints,
} from '../file/fingerprint.ts'
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

const reasons = {
  too_large: `The contact is larger than ${maxElementSize / maxCardBytes} MiB.`,
  too_deep: 'It is no contact: it is nested too deeply.',
  not_utf8: 'The contact is not in UTF-8.',
  no_json: 'From here on, the file is no JSON.',
  cut_off: 'The file ends before its end: something of it is missing.',
}

function readPiece(piece: JsonPiece, number: number): Entry {
  if (piece.kind !== 'element') {
    return { kind: 'failed', number, name: null, reason: reasons[piece.reason], source: null }
  }
  return readElement(piece.text, number, piece.list)
}

function readElement(source: string, number: number, list: string): Entry {
  let name: string | null = null
  try {
    const members = list === 'groups' ? { card: textOf(source) } : membersIn(source)
    if (!members) throw invalid('It is no contact.')
    const said = archivedContact(members)
    name = nameOf(said.contact)
    const archived = archivedOf(source, said, list === 'trash')
    return said.card === null
      ? rowEntry(number, said, archived)
      : cardEntry(number, said, said.card, archived)
  } catch (error) {
    if (!(error instanceof AppError || error instanceof VcardError)) throw error
    return { kind: 'failed', number, name, reason: error.message, source }
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

/** @throws AppError `invalid` */
function rowEntry(number: number, said: ArchivedContact, archived: Archived): Entry {
  const { contact, labels } = said
  if (isBlank(contact)) throw invalid('The contact is empty.')
  if (Buffer.byteLength(JSON.stringify(contact)) > maxCardBytes) {
    throw invalid('The fields of the contact are larger than 1 MiB.')
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
    remark: remarkOn(said, null),
    archived,
  }
}

/** @throws AppError `invalid` @throws {VcardError} */
function cardEntry(number: number, said: ArchivedContact, card: string, archived: Archived): Entry {
  if (card.includes('\0')) throw invalid('The vCard holds a NUL character, which no text has.')
  const text = card.toWellFormed()
  const stated = readCard(text)
  if (stated.kind === 'group') {
    const name = shown(stated.fullName ?? '')
    if (name === null) throw invalid('The group has no name.')
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
    remark: remarkOn(said, stated),
    archived,
  }
}

/** A contact in the trash is none of those in use, whatever it says. */
function kept(fingerprints: Fingerprints, { id, deletedAt }: Archived): Fingerprints {
  return deletedAt === null ? fingerprints : fingerprintTrashed(fingerprints, id)
}

function remarkOn(said: ArchivedContact, card: ReadCard | null): string | null {
  const { contact, hasFields, unknown } = said
  const isOther =
    card !== null &&
    hasFields &&
    !isDeepStrictEqual(contact, canonicalContact(withBirthdayAsDate(card.contact)))
  const remarks = [
    ...(isOther ? ['Its fields and its card say different things: the card was taken.'] : []),
    ...(unknown.length > 0 ? [`It has members that mean nothing here: ${listed(unknown)}.`] : []),
  ]
  return remarks.join(' ') || null
}

function listed(names: readonly string[]): string {
  const some = names.slice(0, maxNamedMembers).map((name) => shown(name) ?? '“”')
  return names.length > maxNamedMembers ? `${some.join(', ')}, …` : some.join(', ')
}

/** @throws AppError `invalid` */
function requireUid(uid: string | null): string | null {
  if (uid === null || Buffer.byteLength(uid) <= maxUidOctets) return uid
  throw invalid(`The UID is longer than ${maxUidOctets} octets.`)
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

function invalid(detail: string): AppError {
  return new AppError('invalid', 'validation_failed', detail)
}
