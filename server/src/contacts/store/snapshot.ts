import { fromColumns } from './columns.ts'
import type { WholeRow } from './rows.ts'
import { contactWith, type Contact } from '../../book/contact.ts'

/** A contact at some revision, without its card. */
export type Snapshot = { contact: Contact; labelIds: string[] }

/** A label as it was when it was deleted. */
export type RetiredLabel = { id: string; name: string; colour: string | null }

/** As a revision keeps it: what is empty is not there. */
export type StoredSnapshot = Partial<Contact> & {
  label_ids?: string[]
  /** The label that the contact lost by the change, because it was deleted. */
  ended_label?: RetiredLabel
}

/** What a revision keeps of a contact, as JSON. */
export function snapshotJson(row: WholeRow, ended: RetiredLabel | null = null): string {
  const { label_ids } = row
  const known: Record<string, unknown> = { ...fromColumns(row), label_ids, ended_label: ended }
  // JSON leaves out what is undefined.
  for (const field in known) if (isEmpty(known[field])) known[field] = undefined
  return JSON.stringify(known)
}

export function readSnapshot(state: StoredSnapshot): Snapshot {
  const { label_ids = [], ended_label: _, ...known } = state
  return { contact: contactWith(known), labelIds: label_ids }
}

function isEmpty(value: unknown): boolean {
  return value === null || (Array.isArray(value) && value.length === 0)
}
