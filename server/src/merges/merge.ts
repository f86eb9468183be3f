import { randomUUIDv7 } from 'node:crypto'
import { answerOnce } from '../contacts/answer-once.ts'
import { revisionOf } from '../contacts/etag.ts'
import { presentContact } from '../contacts/present.ts'
import { fromColumns } from '../contacts/store/columns.ts'
import { inBook, type Author, type LockedBook } from '../contacts/store/locked-book.ts'
import { findWholes, labelNames } from '../contacts/store/queries.ts'
import type { CardedRow } from '../contacts/store/rows.ts'
import { snapshotOf } from '../contacts/store/snapshot.ts'
import { trashMerged, updateContact } from '../contacts/store/write-one.ts'
import type { Ask } from '../db/ask.ts'
import type { OpenDatabase } from '../db/database.ts'
import { AppError, invalidField } from '../errors.ts'
import { fullName } from '../vcard/fields/full-name.ts'
import { moveFingerprints } from './fingerprints.ts'
import { insertMerge, setRevision } from './insert-merge.ts'
import { mergedAsStored, presentMerged, type Merged } from './preview.ts'
import type { MergeAnswer, MergeRequest } from './schema.ts'

/**
 * Merges contacts into one; the others go to the trash. All of it or nothing.
 * @param key of the request, if it may be sent again: then it still merges once
 * @throws AppError `not_found`, `stale`, `invalid`, `too_large`
 */
export function mergeContacts(
  database: Pick<OpenDatabase, 'transaction'>,
  author: Author,
  request: MergeRequest,
  key?: string,
): Promise<MergeAnswer> {
  return inBook(database, author, (book) => {
    const merge = () => mergeIn(book, request)
    if (key === undefined) return merge()
    return answerOnce(book, { operation: 'merge_contacts', key, content: request }, merge)
  })
}

/** What a merge would answer, without one. @throws AppError as {@link mergeContacts} does */
export async function previewMerge(
  { read }: Pick<OpenDatabase, 'read'>,
  ownerId: string,
  request: MergeRequest,
): Promise<MergeAnswer> {
  const plan = await planMerge(read, ownerId, request)
  return { contact: presentMerged(plan), merge_id: null }
}

async function mergeIn(book: LockedBook, request: MergeRequest): Promise<MergeAnswer> {
  const { ask, ownerId } = book
  const { into, others, merged } = await planMerge(ask, ownerId, request)
  const merge = { id: randomUUIDv7(), contactId: into.id, name: nameOf(merged.columns) }
  const parts = [into, ...others].map((row) => ({
    contactId: row.id,
    name: nameOf(row),
    snapshot: snapshotOf(row),
  }))
  await insertMerge(book, merge, parts)
  for (const row of others) await trashMerged(ask, book, row, into.id)
  const ids = others.map(({ id }) => id)
  await moveFingerprints(book, ids, into.id)
  const row = await updateContact(ask, book, into, merged, 'merged')
  if (!row) throw new Error('a contact of a locked book has changed')
  await setRevision(book, merge.id, row.modseq)
  return { contact: presentContact(row), merge_id: merge.id }
}

async function planMerge(ask: Ask, ownerId: string, request: MergeRequest): Promise<Merged> {
  const intoId = request.into.toLowerCase()
  const ids = request.ids.map((id) => id.toLowerCase())
  refuseDoubles(intoId, ids)
  const found = await findWholes(ask, ownerId, [intoId, ...ids])
  const rowOf = (id: string) => {
    const row = found.get(id)
    if (row && row.deleted_at === null) return row
    throw new AppError('not_found', 'not_found', `There is no contact ${id}.`)
  }
  const into = rowOf(intoId)
  const others = ids.map(rowOf)
  requireRevisions([into, ...others], request.if_revisions ?? {})
  const { fields } = request
  const labelIds = [into, ...others].flatMap((row) => row.label_ids)
  const names = await labelNames(ask, ownerId, [...labelIds, ...(fields?.label_ids ?? [])])
  return { into, others, merged: mergedAsStored({ into, others, labelNames: names, fields }) }
}

function refuseDoubles(intoId: string, ids: readonly string[]) {
  for (const [at, id] of ids.entries()) {
    if (id === intoId) throw invalidField(`/ids/${at}`, 'is the contact that the others go into.')
    if (ids.indexOf(id) < at) throw invalidField(`/ids/${at}`, 'is there twice.')
  }
}

function requireRevisions(rows: readonly CardedRow[], revisions: Record<string, string>) {
  const byId = new Map(rows.map((row) => [row.id, row]))
  for (const [id, revision] of Object.entries(revisions)) {
    const row = byId.get(id.toLowerCase())
    if (!row) throw invalidField(`/if_revisions/${id}`, 'is none of the contacts to merge.')
    if (revisionOf(row) === revision) continue
    throw new AppError('stale', 'stale', `The contact ${row.id} has changed since you read it.`)
  }
}

function nameOf(columns: Parameters<typeof fromColumns>[0]): string {
  return fullName(fromColumns(columns))
}
