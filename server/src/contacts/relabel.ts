import type { Change, StoredContact } from './store/stored-contact.ts'
import type { Ask } from '../db/ask.ts'
import { bind } from '../db/bind.ts'
import { AppError } from '../errors.ts'
import { readCard } from '../vcard/read-card.ts'
import type { WantedContact } from './edit.ts'
import { toStored } from './to-stored.ts'
import { columnsVersion, fromColumns } from './store/columns.ts'
import { wholeColumns, type CardedRow } from './store/rows.ts'
import { snapshotJson, type RetiredLabel } from './store/snapshot.ts'

/** Before the first id. */
export const beforeFirstId = '00000000-0000-0000-0000-000000000000'

// What a transaction writes that others wait for: this many contacts, and about so many octets of
// cards, since some hold photos.
const batchSize = 25
const batchOctets = 2 * 1024 * 1024

export type LabelledRow = CardedRow & { search: string }

/** The labels that a contact shall have; where they are the same, `categories` say what the card does. */
export type Relabelled = Pick<WantedContact, 'labelIds' | 'categories'>

/** A change of many; the revisions keep what the label was that they lose by it, if it is deleted. */
type Relabelling = Change & { ended?: RetiredLabel | null }

/**
 * The next contacts behind an id that have a label, those in the trash among them, in the order of
 * ids: as many as a batch takes, and none only when there are no more.
 */
export function findLabelled(read: Ask, ownerId: string, labelId: string, after: string) {
  return findBatch(read, "label_ids <> '{}' and label_ids @> array[$3::uuid]", [
    ownerId,
    after,
    labelId,
  ])
}

/** The same of the contacts in use that have one of these ids. */
export function findAmong(read: Ask, ownerId: string, ids: readonly string[], after: string) {
  return findBatch(read, 'id = any ($3::uuid[]) and deleted_at is null', [ownerId, after, ids])
}

function findBatch(read: Ask, condition: string, given: unknown[]) {
  const { values, add } = bind(given)
  return read<LabelledRow>(
    `select ${wholeColumns}, contacts.search, batch.card, batch.version as card_version
    from (
      select page.owner_id, page.id, card, version,
        coalesce(sum(octet_length(card)) over (order by page.id), 0)
          - coalesce(octet_length(card), 0) as octets_before
      from (
        select owner_id, id from contacts
        where owner_id = $1 and id > $2 and ${condition} order by id limit ${batchSize}
      ) page left join contact_cards
        on contact_cards.owner_id = $1 and contact_cards.contact_id = page.id
    ) batch join contacts on contacts.owner_id = $1 and contacts.id = batch.id
    where octets_before < ${add(batchOctets)} order by contacts.id`,
    values,
  )
}

/**
 * Gives contacts other labels, or the same under other names: their columns, their cards, and a
 * revision of what each was. For a transaction that locked the owner before it read the rows.
 * @param names of all labels of the owner that the contacts may have, by id; an id that is not there
 *   is no label any more, and is left out
 * @returns how many were changed: one of which nothing changes keeps its revision
 */
export async function relabelContacts(
  ask: Ask,
  ownerId: string,
  rows: readonly LabelledRow[],
  relabel: (row: LabelledRow) => Relabelled,
  names: ReadonlyMap<string, string>,
  change: Relabelling,
): Promise<number> {
  const changes = rows.flatMap((row) => {
    const content = contentWith(row, relabel(row), names)
    return isUnchanged(row, content) ? [] : [{ row, content }]
  })
  return writeAll(ask, ownerId, changes, change)
}

/** The same, and moves them to the trash; those that are there stay there. */
export function trashContacts(
  ask: Ask,
  ownerId: string,
  rows: readonly LabelledRow[],
  relabel: (row: LabelledRow) => Relabelled,
  names: ReadonlyMap<string, string>,
  by: Omit<Relabelling, 'operation'>,
): Promise<number> {
  const changes = rows.map((row) => ({ row, content: contentWith(row, relabel(row), names) }))
  return writeAll(ask, ownerId, changes, { ...by, operation: 'deleted' })
}

function contentWith(
  row: LabelledRow,
  { labelIds, categories }: Relabelled,
  names: ReadonlyMap<string, string>,
): StoredContact {
  const known = labelIds.filter((id) => names.has(id))
  const next = { contact: fromColumns(row), labelIds: known, categories }
  const knownNames = known.map((id) => names.get(id) ?? '')
  try {
    return toStored(next, row, knownNames)
  } catch (error) {
    if (!(error instanceof AppError) || row.card === null) throw error
    // A card that is full keeps its categories: what counts are the ids.
    return toStored({ ...next, categories: readCard(row.card).categories }, row, knownNames)
  }
}

function isUnchanged(row: LabelledRow, { labelIds, columns, card }: StoredContact): boolean {
  return (
    row.search === columns.search &&
    row.card === (card?.text ?? null) &&
    row.label_ids.join() === labelIds.join()
  )
}

type RowChange = { row: LabelledRow; content: StoredContact }

/** Counts the changes and writes them, one statement for all. */
async function writeAll(
  write: Ask,
  ownerId: string,
  changes: readonly RowChange[],
  { actorId, via, operation, ended = null }: Relabelling,
): Promise<number> {
  if (changes.length === 0) return 0
  const isDeletion = operation === 'deleted'
  const { values, add } = bind([ownerId])
  const list = (type: string, valueOf: (change: RowChange) => string | null) =>
    `${add(changes.map(valueOf))}::${type}[]`
  const cardIn = ({ row, content: { card } }: RowChange) => (card?.text === row.card ? null : card)
  const rows = await write(
    `with owner as (
      update owners set modseq = modseq + ${changes.length} where id = $1
      returning modseq - ${changes.length} as before
    ),
    next as (
      select * from unnest(
        ${list('uuid', ({ row }) => row.id)},
        ${list('text', ({ content }) => `{${content.labelIds.join()}}`)},
        ${list('text', ({ content }) => content.columns.search)},
        ${list('text', (change) => cardIn(change)?.version ?? null)},
        ${list('text', (change) => cardIn(change)?.text ?? null)},
        ${list('text', ({ row }) => snapshotJson(row, ended))}
      ) with ordinality as next (id, label_ids, search, version, card, state, number)
    ),
    changed as (
      update contacts set label_ids = next.label_ids::uuid[], search = next.search,
        proj_version = ${columnsVersion}, modseq = owner.before + next.number,
        ${isDeletion ? deleting : 'updated_at = clock_timestamp()'}
      from owner, next
      where contacts.owner_id = $1 and contacts.id = next.id
      returning contacts.id, contacts.modseq
    ),
    revision as (
      insert into contact_revisions
        (owner_id, contact_id, modseq, at, actor_id, via, operation, contact, card)
      select $1, id, modseq, clock_timestamp(), ${add(actorId)}::uuid, ${add(via)},
        ${add(operation)}, next.state::jsonb, contact_cards.card
      from changed join next using (id) left join contact_cards
        on contact_cards.owner_id = $1 and contact_cards.contact_id = changed.id
    ),
    ${isDeletion ? `${tombstones},` : ''}
    cards as (
      update contact_cards set version = next.version, card = next.card from next
      where contact_cards.owner_id = $1 and contact_cards.contact_id = next.id
        and next.card is not null
    )
    select id from changed`,
    values,
  )
  return rows.length
}

// In whole milliseconds, which is what a cursor of the trash carries.
const deleting = "deleted_at = coalesce(deleted_at, date_trunc('milliseconds', clock_timestamp()))"

const tombstones = `tombstone as (
      insert into tombstones (owner_id, contact_id, modseq) select $1, id, modseq from changed
      on conflict (owner_id, contact_id) do update set modseq = excluded.modseq, at = excluded.at
    )`
