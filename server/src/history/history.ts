import { withBirthdayAsDate } from '../contacts/birthday-as-date.ts'
import { changeContactIn, contactNotFound, type BookAccess } from '../contacts/change.ts'
import type { Edit } from '../contacts/edit.ts'
import { keepSpelling } from '../contacts/keep-spelling.ts'
import { fromColumns } from '../contacts/store/columns.ts'
import { inBook, type Author, type LockedBook } from '../contacts/store/locked-book.ts'
import { labelNames, findContact } from '../contacts/store/queries.ts'
import type { WholeRow } from '../contacts/store/rows.ts'
import { readSnapshot, type Snapshot } from '../contacts/store/snapshot.ts'
import { isUidTaken } from '../contacts/store/uid-holders.ts'
import { AppError } from '../errors.ts'
import { bringBackLabels, findLostLabels, labelsNow } from '../labels/lost-labels.ts'
import { readCard } from '../vcard/read-card.ts'
import { findPast, hasRevision, listRevisions, type PastRow, type RevisionRow } from './queries.ts'
import type { Revision } from './schema.ts'

/**
 * A part of a contact's history, newest first; it ends with its creation.
 * @param below continues behind the revision of this number
 * @returns one more than `limit` where there are more
 * @throws AppError `not_found`
 */
export async function readHistory(
  { read }: Pick<BookAccess, 'read'>,
  ownerId: string,
  id: string,
  below: number | null,
  limit: number,
): Promise<Revision[]> {
  const row = await findContact(read, ownerId, id)
  if (!row) throw contactNotFound()
  // Changes after this read do not belong to it.
  const rows = await listRevisions(read, ownerId, id, below ?? row.modseq + 1, limit + 1)
  const history = rows.map((revision) => toRevision(revision, row))
  const isEnd = rows.length <= limit && (below === null || below > row.created_modseq)
  return isEnd ? [...history, await creationOf(read, ownerId, row)] : history
}

/**
 * Restores what a contact was after a revision, as a new revision: its card to the octet, except for
 * labels that were renamed since, and for a UID that another contact or a group has taken. Labels that were
 * deleted are created anew by the names that they had.
 * @throws AppError `not_found`, `conflict` when the owner would have too many labels
 */
export async function revertContact(
  database: BookAccess,
  author: Author,
  id: string,
  revision: number,
): Promise<WholeRow> {
  const { read } = database
  const { ownerId } = author
  const row = await findContact(read, ownerId, id)
  if (!row) throw contactNotFound()
  const isOwn = revision === row.created_modseq || (await hasRevision(read, ownerId, id, revision))
  if (!isOwn) throw new AppError('not_found', 'not_found', 'There is no such revision.')
  const past = await findPast(read, ownerId, id, revision)
  if (!past) return row
  return inBook(database, author, async (book) => {
    const labelIds = await pastLabels(book, id, past)
    const isLost = await isUidLost(book, id, past)
    const edit: Edit = ({ row: now }) => ({
      ...pastContact(past),
      labelIds,
      uid: isLost ? (now.uid ?? id) : undefined,
    })
    return changeContactIn(book, id, edit, { operation: 'reverted' })
  })
}

/** Whether the UID that a contact had is that of another file by now. */
async function isUidLost(book: LockedBook, id: string, { card }: PastRow): Promise<boolean> {
  const { uid = null } = card === null ? {} : readCard(card)
  return uid !== null && isUidTaken(book, id, uid)
}

/** The labels that a contact had; those that were deleted since are created anew. */
async function pastLabels(book: LockedBook, id: string, { snapshot }: PastRow): Promise<string[]> {
  const { ask, ownerId } = book
  const { labelIds } = readSnapshot(snapshot)
  const names = await labelNames(ask, ownerId, labelIds)
  const gone = labelIds.filter((labelId) => !names.has(labelId))
  const lost = await findLostLabels(ask, ownerId, id, gone)
  return labelsNow(labelIds, names, await bringBackLabels(book, lost))
}

/** What a contact was, in the user's own spelling, and its card. */
function pastContact({ snapshot, card }: PastRow) {
  const { contact } = readSnapshot(snapshot)
  return { contact: card === null ? contact : keepSpelling(readCard(card).contact, contact), card }
}

async function creationOf(
  read: BookAccess['read'],
  ownerId: string,
  row: WholeRow,
): Promise<Revision> {
  const past = await findPast(read, ownerId, row.id, row.created_modseq)
  return {
    revision: row.created_modseq,
    at: row.created_at,
    by: ownerId,
    via: row.created_via,
    operation: 'created',
    contact: contactOf(past ? readSnapshot(past.snapshot) : currentSnapshot(row)),
  }
}

function toRevision(revision: RevisionRow, row: WholeRow): Revision {
  return {
    revision: revision.modseq,
    at: revision.at,
    by: revision.actor_id,
    via: revision.via,
    operation: revision.operation,
    contact: contactOf(revision.snapshot ? readSnapshot(revision.snapshot) : currentSnapshot(row)),
  }
}

function currentSnapshot(row: WholeRow): Snapshot {
  return { contact: fromColumns(row), labelIds: row.label_ids }
}

function contactOf({ contact, labelIds }: Snapshot): Revision['contact'] {
  return {
    ...withBirthdayAsDate(contact),
    email: contact.emails[0]?.value ?? null,
    phone: contact.phones[0]?.value ?? null,
    label_ids: labelIds,
  }
}
