import { memberKey } from '../book/uid.ts'
import type { LockedBook } from '../contacts/store/locked-book.ts'
import { countChanges, fileTombstoneStep, ownerOfMany } from '../contacts/store/write-steps.ts'
import type { Ask } from '../db/ask.ts'
import { rowsOf, writeOf } from '../db/steps.ts'
import { goneFilesIn, goneFilesOf, type PlacedFile } from './group-files.ts'
import { findLeftMembers } from './left-members.ts'

// The longest UID that an index can hold; no contact has a longer one.
const maxUidOctets = 1024

/** A group card as it came, and the label that it became. */
export type GroupCard = {
  fingerprint: string
  labelId: string
  /** As UIDs are compared. */
  uidKey: string | null
  name: string
  version: string
  card: string
}

/** A group that is known: the import that brought it, and its label as it is named now. */
export type KnownGroup = GroupCard & {
  importId: string
  bookId: string
  labelName: string
  colour: string | null
}

const known = `select encode(fingerprint, 'hex') as fingerprint, label_id as "labelId",
  uid_key as "uidKey", group_cards.name, version, card, import_id as "importId",
  book_id as "bookId", labels.name as "labelName", colour
  from group_cards join labels on labels.owner_id = $1 and labels.id = label_id
  where group_cards.owner_id = $1`

/** The group with this fingerprint, or else one with this UID: that of the first book, if it has one. */
export async function findGroup(
  ask: Ask,
  ownerId: string,
  { fingerprint, uidKey }: Pick<GroupCard, 'fingerprint' | 'uidKey'>,
) {
  const rows = await ask<KnownGroup>(
    `${known} and (fingerprint = decode($2, 'hex') or uid_key = $3)
    order by fingerprint = decode($2, 'hex') desc, book_id limit 1`,
    [ownerId, fingerprint, uidKey],
  )
  return rows[0]
}

/** The groups of all labels, or of one, in the order in which they came, one after the other. */
export async function* readGroups(
  read: Ask,
  ownerId: string,
  labelId: string | undefined,
): AsyncGenerator<KnownGroup> {
  const rows = await read<{ fingerprint: string }>(
    `select encode(fingerprint, 'hex') as fingerprint from group_cards
    where owner_id = $1 and ($2::uuid is null or label_id = $2::uuid) order by import_id, number`,
    [ownerId, labelId ?? null],
  )
  for (const { fingerprint } of rows) {
    yield* await read<KnownGroup>(`${known} and fingerprint = decode($2, 'hex')`, [
      ownerId,
      fingerprint,
    ])
  }
}

type FormerFile = {
  fileId: string | null
  cardName: string | null
  createdAt: string
}

/** Keeps a group's card in the place of an older one of the same group. Each address book has its own groups. */
export async function saveGroup(
  book: LockedBook,
  importId: string,
  group: GroupCard & { bookId: string; number: number; renamedFrom: string | null },
  members: readonly string[],
): Promise<void> {
  const { ask, ownerId } = book
  const { fingerprint, labelId, uidKey, name, version, card, bookId, number, renamedFrom } = group
  const change = await countGroupChange(book)
  const former = await ask<FormerFile>(
    `delete from group_cards where owner_id = $1 and (
      fingerprint = decode($2, 'hex') or (book_id = $6 and (
        uid_key = $3 or (uid_key is null and $3::text is null and label_id = $4 and name = $5)
      ))
    ) returning file_id as "fileId", card_name as "cardName", created_at as "createdAt"`,
    [ownerId, fingerprint, uidKey, labelId, name, bookId],
  )
  // The file that it was stays where it was.
  const file = former.find(({ fileId }) => fileId !== null)
  await ask(
    `insert into group_cards (owner_id, import_id, fingerprint, label_id, uid_key, name, version,
      card, number, renamed_from, file_id, book_id, card_name, group_change, created_at)
    values ($1, $2, decode($3, 'hex'), $4, $5, $6, $7, $8, $9, $10, $11,
      $12, $13, $14, coalesce($15::timestamptz, now()))`,
    [
      ownerId,
      importId,
      fingerprint,
      labelId,
      uidKey,
      name,
      version,
      card,
      number,
      renamedFrom,
      file?.fileId,
      bookId,
      file?.cardName,
      change,
      file?.createdAt,
    ],
  )
  await saveMembers(book, fingerprint, members)
}

/** Whoever is writing a new file of this owner looks again. */
async function countGroupChange({ ask, ownerId }: LockedBook): Promise<number | undefined> {
  const rows = await ask<{ change: number }>(
    'update owners set modseq = modseq + 1 where id = $1 returning modseq as change',
    [ownerId],
  )
  return rows[0]?.change
}

/** Keeps whom a group names, in the place of those whom it named before. */
export async function saveMembers(
  { ask, ownerId }: LockedBook,
  fingerprint: string,
  members: readonly string[],
): Promise<void> {
  await ask(
    `delete from group_members where owner_id = $1
      and fingerprint = decode($2, 'hex')`,
    [ownerId, fingerprint],
  )
  await ask(
    `insert into group_members (owner_id, fingerprint, member_key)
    select $1, decode($2, 'hex'), key from unnest($3::text[]) as member (key)`,
    [ownerId, fingerprint, keysOf(members)],
  )
}

/** The labels of groups that name these UIDs as their members, by their keys. */
export async function findGroupLabels(
  ask: Ask,
  ownerId: string,
  uids: readonly string[],
): Promise<Map<string, string[]>> {
  const labels = new Map<string, string[]>()
  if (uids.length === 0) return labels
  const rows = await ask<{ key: string; id: string; fingerprint: string }>(
    `select wanted.key, label.id, fingerprint from unnest($2::text[]) as wanted (key) cross join lateral (
      select label_id as id, encode(fingerprint, 'hex') as fingerprint from group_members join group_cards using (owner_id, fingerprint)
      where owner_id = $1 and member_key = wanted.key
    ) label order by label.id`,
    [ownerId, keysOf(uids)],
  )
  if (rows.length === 0) return labels
  const fingerprints = [...new Set(rows.map(({ fingerprint }) => fingerprint))]
  const left = await findLeftMembers(ask, ownerId, fingerprints)
  for (const { key, id, fingerprint } of rows) {
    if (left.get(fingerprint)?.has(key)) continue
    labels.getOrInsertComputed(key, () => []).push(id)
  }
  return labels
}

/** Which of these members some other group of the same label names as well, by their keys. */
export async function findNamedByOthers(
  ask: Ask,
  ownerId: string,
  { labelId, fingerprint }: Pick<GroupCard, 'labelId' | 'fingerprint'>,
  uids: readonly string[],
): Promise<Set<string>> {
  const rows = await ask<{ key: string }>(
    `select distinct member_key as key
    from group_members join group_cards using (owner_id, fingerprint)
    where owner_id = $1 and label_id = $2 and fingerprint <> decode($3, 'hex')
      and member_key = any ($4::text[])`,
    [ownerId, labelId, fingerprint, keysOf(uids)],
  )
  return new Set(rows.map(({ key }) => key))
}

/** The labels that an import renamed because of its groups, with their former names. */
export function findRenamed(
  read: Ask,
  { ownerId, importId }: { ownerId: string; importId: string },
) {
  return read<{ id: string; name: string; renamedFrom: string }>(
    `select label_id as id, name, renamed_from as "renamedFrom" from group_cards
    where owner_id = $1 and import_id = $2 and renamed_from is not null`,
    [ownerId, importId],
  )
}

/** Deletes the groups that an import brought, with tombstones of their files for those who sync. */
export async function forgetGroups({ ask, ownerId }: LockedBook, importId: string) {
  const gone = await ask<PlacedFile | { file_id: null }>(
    `delete from group_cards where owner_id = $1 and import_id = $2
    returning file_id, book_id, card_name`,
    [ownerId, importId],
  )
  const files = gone.filter((file) => file.file_id !== null)
  if (files.length === 0) return
  await ask(buryingFiles, [ownerId, goneFilesOf(files), files.length])
}

const goneFiles = goneFilesIn('$2')
const buryingFiles = writeOf({
  records: [goneFiles],
  steps: [
    countChanges('$3::integer'),
    fileTombstoneStep(
      rowsOf({
        values: '$1, file_id, owner.before + number, book_id, card_name',
        from: [ownerOfMany, goneFiles],
      }),
    ),
  ],
})

/** The keys by which groups know these UIDs. */
export function keysOf(uids: readonly string[]): string[] {
  const keys = new Set(uids.map(memberKey))
  return [...keys].filter((key) => Buffer.byteLength(key) <= maxUidOctets)
}
