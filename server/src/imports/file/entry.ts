import type { Contact } from '../../book/contact.ts'
import { lists, textFields } from '../../book/fields.ts'
import type { Range } from '../../vcard/lines/card-splitter.ts'
import type { ReadCard } from '../../vcard/read-card.ts'
import type { Fingerprints } from './fingerprint.ts'

/** What became of an entry; a `group` waits until all contacts of the file are imported. */
export type Outcome = 'created' | 'updated' | 'same' | 'failed' | 'group'

type Numbered = {
  /** Its place in the file, counted from 1; failed entries count as well. */
  number: number
  /** A name by which people find it in their file. */
  name: string | null
}

/** A contact of a vCard file. */
export type CardEntry = Numbered & {
  kind: 'card'
  text: string
  read: ReadCard
  fingerprints: Fingerprints
  photoHash: string | null
  /** A warning that the report shows although the entry was imported. */
  remark: string | null
}
/** A contact of a CSV file. */
export type RowEntry = Numbered & {
  kind: 'row'
  contact: Contact
  fingerprints: Fingerprints
  labels: string[]
  /** Only files that Kith exported have it. */
  uid: string | null
  /** For how many values of each list the file has columns. */
  columns: Partial<Record<keyof Contact, number>>
  source: string[]
}
export type ContactEntry = CardEntry | RowEntry

/** A group card (RFC 6350, or Apple's): a label for its members. */
export type GroupEntry = Numbered & { kind: 'group'; text: string; name: string }

/** An entry as it stands in the file: a card, the cells of a row, or its place there. */
export type Source = string | string[] | Range

export type FailedEntry = Numbered & {
  kind: 'failed'
  reason: string
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

export function uidOf(entry: ContactEntry): string | null {
  return entry.kind === 'card' ? entry.read.uid : entry.uid
}

export function fingerprintOf({ fingerprints: said }: ContactEntry): string {
  return said.whole
}

export function contactOf(entry: ContactEntry): Contact {
  return entry.kind === 'card' ? entry.read.contact : entry.contact
}

/** The names of its labels, each once. */
export function labelNamesOf(entry: ContactEntry): string[] {
  return [...new Set(entry.kind === 'card' ? entry.read.categories : entry.labels)]
}

/** The length of the text that is kept of an entry, in UTF-16 units. */
export function weightOf(entry: Entry): number {
  if (entry.kind === 'card' || entry.kind === 'group') return entry.text.length
  if (entry.kind === 'failed') return JSON.stringify(entry.source).length
  return entry.source.reduce((sum, cell) => sum + cell.length, 0)
}

/** Whether a contact has no field at all. */
export function isBlank(contact: Contact): boolean {
  return (
    textFields.every((field) => contact[field] === null) &&
    lists.every((list) => contact[list].length === 0)
  )
}
