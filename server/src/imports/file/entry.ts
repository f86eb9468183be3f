import { lists, textFields, type Contact } from '../../book/contact.ts'
import type { ByteRange } from '../../vcard/lines/byte-window.ts'
import type { ReadCard } from '../../vcard/read-card.ts'
import type { Fingerprints } from './fingerprint.ts'

/** What became of an entry; a `group` waits until all contacts of the file are there. */
export type Outcome = 'created' | 'updated' | 'same' | 'failed' | 'group'

type Numbered = {
  /** Counted from 1, failed ones and all. */
  number: number
  /** How people find it in their file; null where it has none. */
  name: string | null
}

/** A contact of the file, in whichever format it came. */
export type CardEntry = Numbered & {
  kind: 'card'
  text: string
  read: ReadCard
  said: Fingerprints
  photoHash: string | null
  /** What is worth telling though it was imported. */
  remark: string | null
}
export type RowEntry = Numbered & {
  kind: 'row'
  contact: Contact
  said: Fingerprints
  labels: string[]
  /** Only our own files have it. */
  uid: string | null
  /** How many values of each list the file has columns for. */
  columns: Partial<Record<keyof Contact, number>>
  source: string[]
}
export type ContactEntry = CardEntry | RowEntry

/** A group of Apple's or of vCard 4: a label for its members. */
export type GroupEntry = Numbered & { kind: 'group'; text: string; name: string }

/** An entry as it stands in the file: a card, the cells of a row, or where it is. */
export type Source = string | string[] | ByteRange

export type FailedEntry = Numbered & {
  kind: 'failed'
  reason: string
  /** null where it is nothing that could be mended. */
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

export function fingerprintOf({ said }: ContactEntry): string {
  return said.fingerprint
}

export function contactOf(entry: ContactEntry): Contact {
  return entry.kind === 'card' ? entry.read.contact : entry.contact
}

/** The names of its labels, each once. */
export function labelNamesOf(entry: ContactEntry): string[] {
  return [...new Set(entry.kind === 'card' ? entry.read.categories : entry.labels)]
}

/** How long the text of an entry is that is kept, in UTF-16 units. */
export function weightOf(entry: Entry): number {
  if (entry.kind === 'card' || entry.kind === 'group') return entry.text.length
  if (entry.kind === 'failed') return JSON.stringify(entry.source).length
  return entry.source.reduce((sum, cell) => sum + cell.length, 0)
}

/** Whether nothing is known of a contact. */
export function isBlank(contact: Contact): boolean {
  return (
    textFields.every((field) => contact[field] === null) &&
    lists.every((list) => contact[list].length === 0)
  )
}
