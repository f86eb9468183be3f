import { contactWith, type Contact } from '../../book/contact.ts'
import { fromColumns } from './columns.ts'
import type { WholeRow } from './rows.ts'

/** A contact at some revision, without its card. */
export type Snapshot = { contact: Contact; labelIds: string[] }

/** A label as it was when it was deleted. */
export type RetiredLabel = { id: string; name: string; colour: string | null }

/** A snapshot as a revision keeps it: what is empty is not there. */
export type StoredSnapshot = Partial<Contact> & {
  label_ids?: string[]
  /** The label that the contact lost by the change, because it was deleted. */
  ended_label?: RetiredLabel
}

/** What a revision keeps of a contact. */
export function snapshotOf(row: WholeRow, retired: RetiredLabel | null = null): StoredSnapshot {
  const { label_ids } = row
  const snapshot: Record<string, unknown> = {
    ...fromColumns(row),
    label_ids,
    ended_label: retired,
  }
  // JSON leaves out what is undefined.
  for (const field in snapshot) if (isEmpty(snapshot[field])) snapshot[field] = undefined
  return snapshot
}

export function readSnapshot(stored: StoredSnapshot): Snapshot {
  const { label_ids = [], ended_label: _, ...known } = stored
  return { contact: contactWith(known), labelIds: label_ids }
}

function isEmpty(value: unknown): boolean {
  return value === null || (Array.isArray(value) && value.length === 0)
}
