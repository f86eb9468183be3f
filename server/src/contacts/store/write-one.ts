import type { Ask } from '../../db/ask.ts'
import { columnValues } from './contact-columns.ts'
import type { Author } from './locked-book.ts'
import type { CardedRow, WholeRow } from './rows.ts'
import { snapshotOf } from './snapshot.ts'
import { changing, inserting, mergingOne, trashingOne, type CardChange } from './statements.ts'
import type { Card, Operation, StoredContact } from './stored-contact.ts'

/** Adds a contact that has no card, and counts the change, in one statement. */
export async function insertContact(
  write: Ask,
  { ownerId, via }: Author,
  id: string,
  contact: Omit<StoredContact, 'card' | 'photoHash'>,
): Promise<WholeRow> {
  const values = columnValues({ ...contact, photoHash: null, card: null })
  const rows = await write<WholeRow>(inserting, [ownerId, id, ...values, via])
  return rows[0] as WholeRow
}

/**
 * Writes a contact, its card and the revision of what it was, and counts the change, in one
 * statement, unless the contact has changed since it was read. One in the trash comes back from
 * there.
 * @param before the row that was read
 * @returns undefined when the contact is gone or has another revision by now
 * @throws a violation of `contacts_uid_once`
 */
export async function updateContact(
  write: Ask,
  author: Author,
  before: CardedRow,
  next: StoredContact,
  operation: Operation,
): Promise<WholeRow | undefined> {
  const card = cardChange(before.card, next.card)
  const form = { isRestored: before.deleted_at !== null, hadCard: before.card !== null, card }
  const rows = await write<WholeRow>(changing(form), [
    author.ownerId,
    before.id,
    before.modseq,
    ...columnValues(next),
    ...revisionValues(author, operation, before),
    ...(card === 'write' && next.card ? [next.card.version, next.card.text] : []),
  ])
  return rows[0]
}

/**
 * Moves a contact to the trash, with the revision and the tombstone, unless it has changed since it
 * was read.
 * @returns whether it was still there in that revision
 */
export async function trashContact(write: Ask, author: Author, before: WholeRow): Promise<boolean> {
  const rows = await write(trashingOne, [
    author.ownerId,
    before.id,
    before.modseq,
    ...revisionValues(author, 'deleted', before),
  ])
  return rows.length > 0
}

/**
 * Moves a contact to the trash that is merged into another one, as {@link trashContact} does.
 * @returns whether it was still there in that revision
 */
export async function trashMerged(
  write: Ask,
  author: Author,
  before: WholeRow,
  intoId: string,
): Promise<boolean> {
  const rows = await write(mergingOne, [
    author.ownerId,
    before.id,
    before.modseq,
    ...revisionValues(author, 'merged_into', before),
    intoId,
  ])
  return rows.length > 0
}

/** What becomes of the stored card when this one takes its place. */
export function cardChange(before: string | null, card: Card | null): CardChange {
  if (card === null) return before === null ? 'keep' : 'remove'
  return before === card.text ? 'keep' : 'write'
}

function revisionValues({ actorId, via }: Author, operation: Operation, before: WholeRow) {
  return [actorId, via, operation, JSON.stringify(snapshotOf(before))]
}
