import { cardEtag } from '../contacts/store/card-etag.ts'
import type { LockedBook } from '../contacts/store/locked-book.ts'
import { countChange, fileTombstoneStep, owner } from '../contacts/store/write-steps.ts'
import type { Ask } from '../db/ask.ts'
import { from, oneRow, recordsIn, rowsOf, sql, step, writeOf } from '../db/steps.ts'

// The cards of groups as files of address books.

/** The card of a group, and the label whose contacts are its members. */
export type GroupFile = {
  fingerprint: string
  labelId: string
  /** As the label is called now. */
  labelName: string
  uidKey: string | null
  version: string
  card: string
  /** null until it is first listed, as are the ones below. */
  id: string | null
  bookId: string
  name: string | null
  etag: string | null
  modseq: number | null
  updatedAt: string
}

const columns = `encode(fingerprint, 'hex') as fingerprint, label_id as "labelId",
    labels.name as "labelName", uid_key as "uidKey", version, card, file_id as id,
    book_id as "bookId", card_name as name, card_etag as etag, group_cards.modseq,
    group_cards.updated_at as "updatedAt"`
const ofLabels = 'group_cards join labels on labels.owner_id = $1 and labels.id = label_id'

export async function findGroupFile(
  read: Ask,
  ownerId: string,
  bookId: string,
  name: string,
): Promise<GroupFile | undefined> {
  const rows = await read<GroupFile>(
    `select ${columns} from ${ofLabels}
    where group_cards.owner_id = $1 and book_id = $2 and card_name = $3`,
    [ownerId, bookId, name],
  )
  return rows[0]
}

/** The group of a book that has this UID, and that nobody has listed yet. */
export async function findUnlistedGroup(
  read: Ask,
  ownerId: string,
  bookId: string,
  uidKey: string,
): Promise<GroupFile | undefined> {
  const rows = await read<GroupFile>(
    `select ${columns} from ${ofLabels}
    where group_cards.owner_id = $1 and book_id = $2 and uid_key = $3 and file_id is null limit 1`,
    [ownerId, bookId, uidKey],
  )
  return rows[0]
}

/** Those of the UIDs that groups of a book have. @param uidKeys as UIDs are compared */
export async function findUidsOfGroups(
  read: Ask,
  ownerId: string,
  bookId: string,
  uidKeys: readonly string[],
): Promise<Set<string>> {
  if (uidKeys.length === 0) return new Set()
  const rows = await read<{ uidKey: string }>(
    `select uid_key as "uidKey" from group_cards
    where owner_id = $1 and book_id = $2 and uid_key = any ($3::text[])`,
    [ownerId, bookId, uidKeys],
  )
  return new Set(rows.map(({ uidKey }) => uidKey))
}

/** Whether some group may not have the members that its label has. */
export async function isSomeGroupStale(read: Ask, ownerId: string): Promise<boolean> {
  const rows = await read(
    `select from group_cards join owners on owners.id = $1
    where owner_id = $1 and checked_modseq < owners.modseq limit 1`,
    [ownerId],
  )
  return rows.length > 0
}

export function listGroupFiles(ask: Ask, ownerId: string): Promise<GroupFile[]> {
  return ask<GroupFile>(
    `select ${columns} from ${ofLabels} where group_cards.owner_id = $1 order by fingerprint`,
    [ownerId],
  )
}

/** The UIDs of the contacts in use that have a label. */
export async function findLabelledUids(ask: Ask, ownerId: string, labelId: string) {
  const rows = await ask<{ uid: string }>(
    `select coalesce(uid, id::text) as uid from contacts
    where owner_id = $1 and label_ids <> '{}' and label_ids @> array[$2::uuid]
      and deleted_at is null order by id`,
    [ownerId, labelId],
  )
  return rows.map(({ uid }) => uid)
}

type WrittenFile = {
  fingerprint: string
  card: string
  version: string
  id: string
  bookId: string
  name: string
}

/**
 * Writes what a group's card is as a file, and counts the change.
 * @throws a violation of `group_cards_file_once`
 */
export async function writeGroupFile(
  { ask, ownerId }: LockedBook,
  file: WrittenFile,
): Promise<void> {
  const { fingerprint, card, version, id, bookId, name } = file
  await ask(writing, [
    ownerId,
    fingerprint,
    card,
    version,
    id,
    bookId,
    name,
    cardEtag(card),
    Buffer.byteLength(card),
  ])
}

const writing = writeOf({
  steps: [
    countChange,
    step(
      'file',
      sql`update group_cards set card = $3, version = $4, file_id = $5, book_id = $6, card_name = $7,
      card_etag = $8, card_size = $9, modseq = owner.modseq, updated_at = statement_timestamp()${from(owner)}
    where owner_id = $1 and fingerprint = decode($2, 'hex')`,
    ),
  ],
})

/** Notes that all groups have the members that their labels have now. */
export async function markGroupsChecked({ ask, ownerId }: LockedBook): Promise<void> {
  await ask(
    `update group_cards set checked_modseq = owners.modseq from owners
    where owner_id = $1 and owners.id = $1`,
    [ownerId],
  )
}

/** Deletes a group's card, with a tombstone for those who sync. */
export async function deleteGroupFile({ ask, ownerId }: LockedBook, fingerprint: string) {
  await ask(deleting, [ownerId, fingerprint])
}

const gone = oneRow('gone', 'file_id uuid, book_id uuid, card_name text')
const deleting = writeOf({
  steps: [
    countChange,
    step(
      gone,
      sql`delete from group_cards where owner_id = $1 and fingerprint = decode($2, 'hex')
      returning file_id, book_id, card_name`,
    ),
    fileTombstoneStep(
      rowsOf({
        values: '$1, gone.file_id, owner.modseq, gone.book_id, gone.card_name',
        from: [gone, owner],
        where: 'gone.file_id is not null',
      }),
    ),
  ],
})

/** Where the card of a group is that somebody has listed. */
export type PlacedFile = { file_id: string; book_id: string; card_name: string }

/** Those of a label. */
export function findPlacedFiles(ask: Ask, ownerId: string, labelId: string): Promise<PlacedFile[]> {
  return ask<PlacedFile>(
    `select file_id, book_id, card_name from group_cards
    where owner_id = $1 and label_id = $2 and file_id is not null`,
    [ownerId, labelId],
  )
}

/** Files that are gone, as records in a parameter, each with its number among several changes. */
export const goneFilesIn = (place: string) =>
  recordsIn(place, 'gone_file', 'number integer, file_id uuid, book_id uuid, card_name text')

/** What is written of them. @param before the changes before the first of them, if they are counted together */
export function goneFilesOf(files: readonly PlacedFile[], before = 0): string {
  return JSON.stringify(files.map((file, at) => ({ ...file, number: before + at + 1 })))
}

/** Whether a label has a group's card. @param beside the fingerprint of one that does not count */
export async function hasGroupFile(
  ask: Ask,
  ownerId: string,
  labelId: string,
  beside: string | null = null,
): Promise<boolean> {
  const rows = await ask(
    `select from group_cards where owner_id = $1 and label_id = $2
      and ($3::text is null or fingerprint <> decode($3, 'hex')) limit 1`,
    [ownerId, labelId, beside],
  )
  return rows.length > 0
}

/** Those of some labels that groups have. */
export async function findLabelsOfGroups(
  read: Ask,
  ownerId: string,
  labelIds: readonly string[],
): Promise<ReadonlySet<string>> {
  if (labelIds.length === 0) return new Set()
  const rows = await read<{ id: string }>(
    `select distinct label_id as id from group_cards where owner_id = $1 and label_id = any ($2::uuid[])`,
    [ownerId, labelIds],
  )
  return new Set(rows.map(({ id }) => id))
}
