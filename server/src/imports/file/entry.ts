import type { Contact } from '../../book/contact.ts'
import { lists, textFields } from '../../book/fields.ts'
import type { SortAs } from '../../book/filed-under.ts'
import type { ByteRange } from '../../vcard/lines/byte-window.ts'
import type { ReadCard } from '../../vcard/read-card.ts'
import type { Remark } from '../remarks/remark.ts'
import type { Fingerprints } from './fingerprint.ts'

/** What became of an entry; a `group` waits until all contacts of the file are imported. */
export type Outcome = 'created' | 'updated' | 'same' | 'failed' | 'group'

type Numbered = {
  /** Its place in the file, counted from 1; failed entries count as well. */
  number: number
  /** A name by which people find it in their file. */
  name: string | null
}

/** What an archive of Kith says of a contact beside its fields and its card. */
export type Archived = {
  /** The contact as it stands in the archive. */
  source: string
  /** The id that it had. */
  id: string | null
  /** The colours of its labels, by their names. */
  colours: ReadonlyMap<string, string>
  createdAt: string | null
  updatedAt: string | null
  /** In the trash since then; null for a contact in use. */
  deletedAt: string | null
  /** How many of its revisions the archive holds. */
  revisions: number
}

type ContactBase = Numbered & {
  fingerprints: Fingerprints
  /** What the report tells although the entry was imported. */
  remarks: Remark[]
  /** null in other files than archives of Kith. */
  archived: Archived | null
}

/** A contact that came as a vCard. */
export type CardEntry = ContactBase & {
  kind: 'card'
  text: string
  /** In an archive with the contact as it was spelled there, and its labels for categories. */
  read: ReadCard
  photoHash: string | null
}
/** A contact of a CSV file, or one in an archive that has no card. */
export type RowEntry = ContactBase & {
  kind: 'row'
  contact: Contact
  labels: string[]
  /** Only files that Kith exported have it. */
  uid: string | null
  /** For how many values of each list the file has columns; `all` where it says the whole contact. */
  columns: Partial<Record<keyof Contact, number>> | 'all'
  /** Custom fields that a new contact gets: what the card of the one that was exported says. */
  beyond: Contact['custom_fields']
  /** The cells of a CSV file. */
  source: string[]
}
export type ContactEntry = CardEntry | RowEntry

/** A group card (RFC 6350, or Apple's): a label for its members. */
export type GroupEntry = Numbered & { kind: 'group'; text: string; name: string }

/** An entry as it stands in the file: a card or JSON, the cells of a row, or its place there. */
export type Source = string | string[] | ByteRange

export type FailedEntry = Numbered & {
  kind: 'failed'
  /** Why. */
  remark: Remark
  /** null where nothing could be mended. */
  source: Source | null
}

export type Entry = ContactEntry | GroupEntry | FailedEntry

export function isContact(entry: Entry): entry is ContactEntry {
  return entry.kind === 'card' || entry.kind === 'row'
}

export function isFailed(entry: Entry): entry is FailedEntry | GroupEntry {
  return entry.kind === 'failed'
}

/** Whether an entry is a contact in the trash of an archive. */
export function isTrashed({ archived }: ContactEntry): boolean {
  return archived !== null && archived.deletedAt !== null
}

export function uidOf(entry: ContactEntry): string | null {
  return entry.kind === 'card' ? entry.read.uid : entry.uid
}

export function fingerprintOf({ fingerprints: said }: ContactEntry): string {
  return said.whole
}

export function contactOf(entry: ContactEntry): Contact {
  return entry.kind === 'card' ? entry.read.contact : entry.contact
}

/** The colours that entries give labels, by the names of these. */
export function coloursOf(entries: readonly ContactEntry[]): Map<string, string> {
  return new Map(entries.flatMap(({ archived }) => [...(archived?.colours ?? [])]))
}

/** An entry as it stands in its file. */
export function sourceOf(entry: ContactEntry): Source {
  if (entry.archived) return entry.archived.source
  return entry.kind === 'card' ? entry.text : entry.source
}

export function sortAsOf(entry: ContactEntry): SortAs | null {
  return entry.kind === 'card' ? entry.read.sortAs : null
}

/** The names of its labels, each once. */
export function labelNamesOf(entry: ContactEntry): string[] {
  return [...new Set(entry.kind === 'card' ? entry.read.categories : entry.labels)]
}

/** The length of the text that is kept of an entry, in UTF-16 units. */
export function weightOf(entry: Entry): number {
  if (entry.kind === 'group') return entry.text.length
  if (entry.kind === 'failed') return JSON.stringify(entry.source).length
  const archived = entry.archived?.source.length ?? 0
  if (entry.kind === 'card') return archived + entry.text.length
  return archived + entry.source.reduce((sum, cell) => sum + cell.length, 0)
}

/** Whether a contact has no field at all. */
export function isBlank(contact: Contact): boolean {
  return (
    textFields.every((field) => contact[field] === null) &&
    lists.every((list) => contact[list].length === 0)
  )
}
