import type { Ask } from '../db/ask.ts'
import { bind } from '../db/bind.ts'
import { projVersion, type Columns } from './project.ts'
import { wholeColumns, type CardedRow, type WholeRow } from './rows.ts'
import { stateOf } from './state.ts'

/** By what door a change came. */
export type Via = 'api' | 'import' | 'populate'

/** What a change did, as the history says it. */
export type Operation =
  | 'created'
  | 'changed'
  | 'deleted'
  | 'restored'
  | 'reverted'
  | 'imported'
  | 'import_undone'
  | 'labelled'
  | 'photo_changed'

export type Change = { actorId: string; via: Via; operation: Operation }

export type Card = { version: string; text: string }

/** All that is written of a contact. */
export type Content = {
  columns: Columns
  labelIds: string[]
  uid: string | null
  photoHash: string | null
  card: Card | null
}

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
  content: Content,
  via: Via,
): Promise<WholeRow> {
  const { values, add } = bind([ownerId, id])
  const fields = fieldsOf(content)
  const placeholders = fields.map(({ value, type }) => `${add(value)}${type}`)
  const viaPlace = add(via)
  const rows = await write<WholeRow>(
    `with owner as (
      insert into owners (id, modseq) values ($1, 1)
      on conflict (id) do update set modseq = owners.modseq + 1
      returning modseq
    )${content.card ? `, ${cardInserting(content.card, add)}` : ''}
    insert into contacts (owner_id, id, ${fields.map(({ name }) => name).join(', ')},
      created_via, created_modseq, modseq)
    select $1::uuid, $2::uuid, ${placeholders.join(', ')}, ${viaPlace}, modseq, modseq
    from owner
    returning ${wholeColumns}`,
    values,
  )
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
  next: Content,
  change: Change,
): Promise<WholeRow | undefined> {
  const { values, add } = bind([ownerId, before.id, before.modseq])
  const sets = fieldsOf(next).map(({ name, value, type }) => `${name} = ${add(value)}${type}`)
  const isRestored = before.deleted_at !== null
  if (isRestored) sets.push('deleted_at = null')
  const more = [
    revisionInserting(before, before.card !== null, change, add),
    ...cardWriting(before.card, next.card, add),
    ...(isRestored ? [tombstoneRemoving] : []),
  ]
  sets.push('updated_at = clock_timestamp()')
  const rows = await write<WholeRow>(changing(sets, more), values)
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
  const { values, add } = bind([ownerId, before.id, before.modseq])
  const deletion = { ...change, operation: 'deleted' as const }
  const more = [revisionInserting(before, true, deletion, add), tombstoneInserting]
  // In whole milliseconds, which is what a cursor of the trash carries.
  const sets = ["deleted_at = date_trunc('milliseconds', clock_timestamp())"]
  const rows = await write(changing(sets, more), values)
  return rows.length > 0
}

// The owner's next revision. Its row lock, held until commit, orders all of the owner's writes. A
// write that then finds its contact changed wastes the number, which nobody misses. What follows
// the change hangs on the row that it returns: the statement's snapshot may be older than the lock.
function changing(sets: string[], more: string[]): string {
  return `with owner as (
      update owners set modseq = modseq + 1 where id = $1 returning modseq
    ),
    changed as (
      update contacts set ${sets.join(', ')}, modseq = owner.modseq
      from owner
      where contacts.owner_id = $1 and contacts.id = $2 and contacts.modseq = $3
      returning ${wholeColumns}
    ),
    ${more.join(',\n    ')}
    select * from changed`
}

type Add = (value: unknown) => string

/** The old card is read where it stands: at the revision that was read, which the change asks for. */
function revisionInserting(before: WholeRow, hasCard: boolean, change: Change, add: Add): string {
  const oldCard = hasCard
    ? '(select card from contact_cards where owner_id = $1 and contact_id = $2)'
    : 'null'
  return `revision as (
      insert into contact_revisions
        (owner_id, contact_id, modseq, at, actor_id, via, operation, contact, card)
      select $1, id, modseq, clock_timestamp(), ${add(change.actorId)}::uuid,
        ${add(change.via)}, ${add(change.operation)}, ${add(stateOf(before))}::jsonb, ${oldCard}
      from changed
    )`
}

function cardWriting(before: string | null, card: Card | null, add: Add): string[] {
  if (card === null) {
    if (before === null) return []
    return [
      `card as (
      delete from contact_cards using changed
      where contact_cards.owner_id = $1 and contact_cards.contact_id = changed.id
    )`,
    ]
  }
  if (before === card.text) return []
  return [
    `card as (
      insert into contact_cards (owner_id, contact_id, version, card)
      select $1, id, ${add(card.version)}, ${add(card.text)} from changed
      on conflict (owner_id, contact_id)
        do update set version = excluded.version, card = excluded.card
    )`,
  ]
}

function cardInserting(card: Card, add: Add): string {
  return `card as (
      insert into contact_cards (owner_id, contact_id, version, card)
      select $1::uuid, $2::uuid, ${add(card.version)}, ${add(card.text)} from owner
    )`
}

const tombstoneInserting = `tombstone as (
      insert into tombstones (owner_id, contact_id, modseq) select $1, id, modseq from changed
      on conflict (owner_id, contact_id) do update set modseq = excluded.modseq, at = excluded.at
    )`

const tombstoneRemoving = `tombstone as (
      delete from tombstones using changed
      where tombstones.owner_id = $1 and tombstones.contact_id = changed.id
    )`

type Field = { name: string; value: unknown; type: string }

/** What a contact's content is in the table; every statement names them in this order. */
function fieldsOf({ columns, labelIds, uid, photoHash }: Content): Field[] {
  return [
    { name: 'first_name', value: columns.first_name, type: '' },
    { name: 'last_name', value: columns.last_name, type: '' },
    { name: 'email', value: columns.email, type: '' },
    { name: 'phone', value: columns.phone, type: '' },
    { name: 'bday_year', value: columns.bday_year, type: '::smallint' },
    { name: 'bday_md', value: columns.bday_md, type: '::smallint' },
    { name: 'additional_data', value: columns.additional_data, type: '' },
    { name: 'doc', value: JSON.stringify(columns.doc), type: '::jsonb' },
    { name: 'sort_key', value: columns.sort_key, type: '' },
    { name: 'search', value: columns.search, type: '' },
    { name: 'uid', value: uid, type: '' },
    { name: 'label_ids', value: labelIds, type: '::uuid[]' },
    { name: 'photo_hash', value: photoHash, type: '' },
    { name: 'proj_version', value: projVersion, type: '::smallint' },
  ]
}
