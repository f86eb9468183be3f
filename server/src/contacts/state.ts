import { wholeOf } from './project.ts'
import type { WholeRow } from './rows.ts'
import { wholeFrom, type WholeContact } from './whole-contact.ts'

/** A contact at some revision, without its card. */
export type State = { contact: WholeContact; labelIds: string[] }

/** As a revision keeps it: what is empty is not there. */
export type StoredState = Partial<WholeContact> & { label_ids?: string[] }

/** What a revision keeps of a contact, as JSON. */
export function stateOf(row: WholeRow): string {
  const known: Record<string, unknown> = { ...wholeOf(row), label_ids: row.label_ids }
  // JSON leaves out what is undefined.
  for (const field in known) if (isEmpty(known[field])) known[field] = undefined
  return JSON.stringify(known)
}

export function readState({ label_ids = [], ...known }: StoredState): State {
  return { contact: wholeFrom(known), labelIds: label_ids }
}

function isEmpty(value: unknown): boolean {
  return value === null || (Array.isArray(value) && value.length === 0)
}
