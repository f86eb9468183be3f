import { randomUUIDv7 } from 'node:crypto'
import { categoryKey, labelKey } from '../book/label-name.ts'
import { presentContact } from '../contacts/present.ts'
import { toColumns } from '../contacts/store/columns.ts'
import { inBook, type Author, type LockedBook } from '../contacts/store/locked-book.ts'
import { findWholes, labelNames } from '../contacts/store/queries.ts'
import type { CardedRow } from '../contacts/store/rows.ts'
import { readSnapshot } from '../contacts/store/snapshot.ts'
import type { StoredContact } from '../contacts/store/stored-contact.ts'
import { isUidTaken } from '../contacts/store/uid-holders.ts'
import { insertContacts } from '../contacts/store/write-many.ts'
import { updateContact } from '../contacts/store/write-one.ts'
import type { OpenDatabase } from '../db/database.ts'
import { AppError } from '../errors.ts'
import { bringBackLabels } from '../labels/lost-labels.ts'
import { patchCard } from '../vcard/patch-card.ts'
import { readCard } from '../vcard/read-card.ts'
import { withUid } from '../vcard/with-uid.ts'
import { returnFingerprints } from './fingerprints.ts'
import type { MergeUndone } from './schema.ts'
import { takeBackTombstone } from './take-back-tombstone.ts'
import {
  findLaterMerges,
  findMerge,
  findParts,
  markUndone,
  renumber,
  restoreTimes,
  type MergeRow,
  type PartRow,
} from './undo-queries.ts'

/**
 * Brings all contacts of a merge back to what they were before it, their cards to the octet.
 * @param force also if the merged contact was changed since; then later merges into it, of which it would
 *   lose what they brought, are undone as well
 * @throws AppError `not_found`, `conflict`
 */
export function undoMerge(
  database: Pick<OpenDatabase, 'transaction'>,
  author: Author,
  id: string,
  { force }: { force: boolean },
): Promise<MergeUndone> {
  return inBook(database, author, async (book) => {
    const { ask, ownerId } = book
    const merge = await findMerge(ask, ownerId, id)
    if (!merge) throw new AppError('not_found', 'not_found', 'There is no such merge.')
    if (merge.is_undone) {
      throw new AppError('conflict', 'already_undone', 'The merge was undone already.')
    }
    if (!force) await refuseChanged(book, merge)
    const later = await findLaterMerges(ask, ownerId, merge)
    const ids = new Set<string>([merge.contact_id])
    for (const one of [...later, merge]) {
      for (const contactId of await undoOne(book, one)) ids.add(contactId)
    }
    const rows = await findWholes(ask, ownerId, [...ids])
    return { contacts: [...ids].flatMap((one) => presentLive(rows.get(one))) }
  })
}

function presentLive(row: CardedRow | undefined): MergeUndone['contacts'] {
  return row && row.deleted_at === null ? [presentContact(row)] : []
}

async function refuseChanged({ ask, ownerId }: LockedBook, { contact_id: id, revision }: MergeRow) {
  const row = (await findWholes(ask, ownerId, [id])).get(id)
  if (row && row.deleted_at === null && row.modseq === revision) return
  const what = row && row.deleted_at === null ? 'was changed' : 'is not in use any more'
  const detail = `The merged contact ${what} since. Undo the merge with force=true nevertheless.`
  throw new AppError('conflict', 'changed_since', detail)
}

/** @returns the ids of the contacts that it brought back */
async function undoOne(book: LockedBook, merge: MergeRow): Promise<string[]> {
  const { ask, ownerId } = book
  const parts = await findParts(ask, ownerId, merge.id)
  const current = await findWholes(
    ask,
    ownerId,
    parts.map((part) => part.contact_id),
  )
  const isThere = (part: PartRow) => current.get(part.contact_id)?.deleted_at === null
  const returning = parts.filter((part) => part.place === 0 || !isThere(part))
  const labels = await labelsAgain(book, returning)
  for (const part of returning) {
    const { contact_id: id, uid } = part
    const isTaken = await isUidTaken(book, id, uid ?? id)
    const contact = storedBefore(part, labels, isTaken ? randomUUIDv7() : uid)
    const now = await write(book, part, contact, current.get(part.contact_id))
    await renumber(book, { contactId: part.contact_id, before: part.revision, now })
    if (part.place === 0) continue
    const { place, contact_id: to } = part
    await returnFingerprints(book, merge.id, { place, from: merge.contact_id, to })
  }
  const ids = returning.map((part) => part.contact_id)
  await restoreTimes(book, merge.id, ids)
  await markUndone(book, merge.id)
  return ids
}

/** Writes a contact as it was, whatever it is now. @returns its new revision */
async function write(
  book: LockedBook,
  part: PartRow,
  contact: StoredContact,
  current: CardedRow | undefined,
): Promise<number> {
  const { contact_id: id } = part
  if (current) {
    const row = await updateContact(book.ask, book, current, contact, 'merge_undone')
    if (!row) throw new Error('a contact of a locked book has changed')
    return row.modseq
  }
  const times = { createdAt: part.created_at, updatedAt: part.updated_at, deletedAt: null }
  const revised = await insertContacts(book, [{ id, contact, times, isIdKnown: true }])
  await takeBackTombstone(book, id)
  return revised.get(id)?.modseq ?? 0
}

/** The labels that contacts had, by the ids that they had then; a deleted one is created anew. */
type LabelsAgain = ReadonlyMap<string, { id: string; name: string; isRenamed: boolean }>

async function labelsAgain(book: LockedBook, parts: readonly PartRow[]): Promise<LabelsAgain> {
  const before = new Map(parts.flatMap(({ labels }) => labels.map((label) => [label.id, label])))
  const names = await labelNames(book.ask, book.ownerId, [...before.keys()])
  const lost = [...before.values()].filter(({ id }) => !names.has(id))
  const again = await bringBackLabels(
    book,
    lost.map((label) => ({ ...label, wentWithContacts: false })),
  )
  const namesAgain = await labelNames(book.ask, book.ownerId, [...again.values()])
  return new Map(
    [...before.values()].flatMap(({ id: old, name: then }) => {
      const id = again.get(old) ?? old
      const name = names.get(id) ?? namesAgain.get(id)
      return name === undefined ? [] : [[old, { id, name, isRenamed: name !== then }]]
    }),
  )
}

function storedBefore(part: PartRow, labels: LabelsAgain, uid: string | null): StoredContact {
  const { contact, labelIds } = readSnapshot(part.contact)
  const again = labelIds.flatMap((id) => labels.get(id) ?? [])
  const card = part.card === null ? null : cardBefore(part.card, part, labels)
  const text = card !== null && uid !== null && uid !== part.uid ? withUid(card, uid) : card
  const sortAs = text === null ? null : readCard(text).sortAs
  return {
    columns: toColumns(
      contact,
      again.map(({ name }) => name),
      sortAs,
    ),
    labelIds: [...new Set(again.map(({ id }) => id))],
    uid,
    photoHash: part.photo_hash,
    card: text === null ? null : { version: part.version ?? '3.0', text },
  }
}

/** The card to the octet, but for the names of labels that were renamed since. */
function cardBefore(text: string, { labels: before }: PartRow, labels: LabelsAgain): string {
  const renamed = new Map(
    before.flatMap(({ id, name }): [string, string][] => {
      const now = labels.get(id)
      return now?.isRenamed ? [[labelKey(name), now.name]] : []
    }),
  )
  if (renamed.size === 0) return text
  const { contact, categories } = readCard(text)
  const names = categories.map((category) => renamed.get(categoryKey(category)) ?? category)
  return patchCard(text, { contact, categories: names, rev: new Date() })
}
