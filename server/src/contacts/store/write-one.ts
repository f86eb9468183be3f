import type { Ask } from '../../db/ask.ts'
import type { CardedRow, WholeRow } from './rows.ts'
import type { Card, Change, StoredContact, Via } from './stored-contact.ts'
import { snapshotJson } from './snapshot.ts'
import {
  changing,
  fields,
  inserting,
  insertingCarded,
  trashing,
  type CardStep,
} from './statements.ts'

/**
 * Makes the owner wait its turn until the transaction ends, and makes sure that there is one: the
 * first statement of every transaction that writes contacts or labels.
 */
export async function lockOwner(ask: Ask, ownerId: string): Promise<void> {
  await ask(
    `insert into owners (id) values ($1)
    on conflict (id) do update set modseq = owners.modseq`,
    [ownerId],
  )
}

/** Adds a contact and counts the change, in one statement. */
export async function insertContact(
  write: Ask,
  ownerId: string,
  id: string,
  content: StoredContact,
  via: Via,
): Promise<WholeRow> {
  const { card } = content
  const rows = await write<WholeRow>(card ? insertingCarded : inserting, [
    ownerId,
    id,
    ...valuesOf(content),
    via,
    ...(card ? [card.version, card.text] : []),
  ])
  return rows[0] as WholeRow
}

/**
 * Writes a contact, its card and the revision of what it was, and counts the change, in one
 * statement, unless the contact has changed since it was read. The owner is locked first, as
 * wherever contacts are written or an account is deleted: so no two wait for each other. One in the
 * trash comes back from there.
 * @param before the row that was read
 * @returns undefined when the contact is gone or has another revision by now
 */
export async function writeChange(
  write: Ask,
  ownerId: string,
  before: CardedRow,
  next: StoredContact,
  change: Change,
): Promise<WholeRow | undefined> {
  const card = cardStep(before.card, next.card)
  const form = { isRestored: before.deleted_at !== null, hadCard: before.card !== null, card }
  const rows = await write<WholeRow>(changing(form), [
    ownerId,
    before.id,
    before.modseq,
    ...valuesOf(next),
    ...revisionValues(before, change),
    ...(card === 'write' && next.card ? [next.card.version, next.card.text] : []),
  ])
  return rows[0]
}

/**
 * Moves a contact to the trash, with the revision and the tombstone, unless it has changed since it
 * was read.
 * @returns whether it was still there in that revision
 */
export async function writeTrash(
  write: Ask,
  ownerId: string,
  before: WholeRow,
  change: Omit<Change, 'operation'>,
): Promise<boolean> {
  const deletion = { ...change, operation: 'deleted' as const }
  const values = [ownerId, before.id, before.modseq, ...revisionValues(before, deletion)]
  const rows = await write(trashing, values)
  return rows.length > 0
}

function valuesOf(content: StoredContact): unknown[] {
  return fields.map(({ valueOf }) => valueOf(content))
}

function revisionValues(before: WholeRow, { actorId, via, operation }: Change): unknown[] {
  return [actorId, via, operation, snapshotJson(before)]
}

function cardStep(before: string | null, card: Card | null): CardStep {
  if (card === null) return before === null ? 'keep' : 'remove'
  return before === card.text ? 'keep' : 'write'
}
