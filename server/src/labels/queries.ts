import { beforeFirstId } from '../contacts/store/find-batch.ts'
import type { LockedBook } from '../contacts/store/locked-book.ts'
import {
  countChange,
  countChanges,
  fileTombstoneStep,
  owner,
  ownerOfMany,
} from '../contacts/store/write-steps.ts'
import type { Ask } from '../db/ask.ts'
import { also, from, oneRow, rowsOf, sql, step, using, writeOf } from '../db/steps.ts'
import { findPlacedFiles, goneFilesIn, goneFilesOf } from './group-files.ts'

/** How many labels an owner may have. */
export const maxLabels = 500

export type LabelRow = {
  id: string
  name: string
  colour: string | null
  created_at: string
}

/** A label with the number of its contacts, those in the trash not counted. */
export type CountedLabel = LabelRow & { contacts: number }

// A retired label has no key: for its owner it is gone.
const live = 'labels.owner_id = $1 and labels.name_key is not null'
const columns = 'labels.id, labels.name, labels.colour, labels.created_at'

/** All labels of an owner, in the order of their folded names. */
export function listLabels(read: Ask, ownerId: string) {
  return read<CountedLabel>(
    `select ${columns}, coalesce(used.contacts, 0) as contacts
    from labels left join (
      select label_id, count(*) as contacts
      from contacts cross join unnest(label_ids) as label_id
      where owner_id = $1 and deleted_at is null and label_ids <> '{}'
      group by label_id
    ) used on used.label_id = labels.id
    where ${live} order by name_key, id`,
    [ownerId],
  )
}

export async function findLabel(read: Ask, ownerId: string, id: string) {
  const rows = await read<CountedLabel>(
    `select ${columns}, (
      select count(*) from contacts
      where owner_id = $1 and deleted_at is null and label_ids <> '{}'
        and label_ids @> array[$2::uuid]
    ) as contacts
    from labels where ${live} and id = $2`,
    [ownerId, id],
  )
  return rows[0]
}

export type KeyedLabel = { id: string; name: string; key: string }

export function findLabelsByKey(read: Ask, ownerId: string, keys: readonly string[]) {
  return read<KeyedLabel>(
    `select id, name, name_key as key from labels where ${live} and name_key = any ($2::text[])`,
    [ownerId, keys],
  )
}

/**
 * Adds labels in their order, each as a change of its own, up to the limit of an owner.
 * @returns those that were added
 * @throws a violation of `labels_name_once`
 */
export function insertLabels(
  { ask, ownerId }: LockedBook,
  labels: readonly (KeyedLabel & { colour: string | null })[],
) {
  return ask<LabelRow & { key: string }>(inserting, [
    ownerId,
    labels.map(({ id }) => id),
    labels.map(({ name }) => name),
    labels.map(({ key }) => key),
    labels.map(({ colour }) => colour),
  ])
}

const inserting = writeOf({
  steps: [
    countChanges('cardinality($2::uuid[])'),
    step(
      'label',
      sql`insert into labels (owner_id, id, name, name_key, colour, modseq)
    select $1, id, name, key, colour, owner.before + number
    from unnest($2::uuid[], $3::text[], $4::text[], $5::text[])
      with ordinality as label (id, name, key, colour, number)${also(ownerOfMany)}
    order by number
    limit greatest(0, ${String(maxLabels)} - (select count(*) from labels where ${live}))
    returning ${columns}, labels.name_key as key`,
    ),
  ],
})

/**
 * Gives a label a name and a colour; the same ones are no change.
 * @throws a violation of `labels_name_once`
 */
export async function updateLabel(
  { ask, ownerId }: LockedBook,
  label: { id: string; name: string; key: string; colour: string | null },
) {
  await ask(updating, [ownerId, label.id, label.name, label.key, label.colour])
}

const updating = writeOf({
  steps: [
    countChange,
    step(
      'label',
      sql`update labels set name = $3, name_key = $4, colour = $5, modseq = owner.modseq${from(owner)}
    where ${live} and id = $2 and (name, colour) is distinct from ($3::text, $5::text)`,
    ),
  ],
})

/** From now on, every contact of the label is to get its new name, or to lose it. */
export async function markForPropagation({ ask, ownerId }: LockedBook, id: string) {
  await ask('update labels set propagated_to = $3 where owner_id = $1 and id = $2', [
    ownerId,
    id,
    beforeFirstId,
  ])
}

/**
 * Retires a label: for its owner it is gone with the cards of its groups, each with a tombstone, and its name is free.
 * Its row stays until its contacts have lost it.
 * @returns whether it was there
 */
export async function retireLabel(
  { ask, ownerId }: LockedBook,
  id: string,
  trashesContacts: boolean,
): Promise<boolean> {
  const files = await findPlacedFiles(ask, ownerId, id)
  const changes = [goneFilesOf(files, 1), 1 + files.length]
  const rows = await ask(retiring, [ownerId, id, trashesContacts, ...changes])
  return rows.length > 0
}

const retired = oneRow('retired', 'id uuid')
const goneFiles = goneFilesIn('$4')
const retiring = writeOf({
  records: [goneFiles],
  steps: [
    countChanges('$5::integer'),
    step(
      retired,
      sql`update labels set name_key = null, trashes_contacts = $3 where ${live} and id = $2
      returning id`,
    ),
    step(
      'group_card',
      sql`delete from group_cards${using(retired)}
      where group_cards.owner_id = $1 and label_id = retired.id`,
    ),
    fileTombstoneStep(
      rowsOf({
        values: '$1, file_id, owner.before + number, book_id, card_name',
        from: [retired, ownerOfMany, goneFiles],
      }),
    ),
    step(
      'label_tombstone',
      sql`insert into label_tombstones (owner_id, label_id, modseq)
    ${rowsOf({ values: '$1, retired.id, owner.before + 1', from: [retired, ownerOfMany] })}
    returning label_id`,
    ),
  ],
})

/** Deletes a retired label that no contact has any more. */
export async function deleteLabel({ ask, ownerId }: LockedBook, id: string) {
  await ask('delete from labels where owner_id = $1 and id = $2', [ownerId, id])
}

/** A label whose change has not reached all of its contacts yet. */
export type PendingLabel = {
  name: string
  colour: string | null
  /** The last contact that it has reached. */
  propagatedTo: string
  isRetired: boolean
  trashesContacts: boolean
}

export async function findPendingLabel(read: Ask, ownerId: string, id: string) {
  const rows = await read<PendingLabel>(
    `select name, colour, propagated_to as "propagatedTo", name_key is null as "isRetired",
      trashes_contacts as "trashesContacts"
    from labels where owner_id = $1 and id = $2 and propagated_to is not null`,
    [ownerId, id],
  )
  return rows[0]
}

/** The ids of all labels whose change has not reached all of their contacts yet. */
export async function findPendingLabels(read: Ask, ownerId: string): Promise<string[]> {
  const rows = await read<{ id: string }>(
    'select id from labels where owner_id = $1 and propagated_to is not null',
    [ownerId],
  )
  return rows.map(({ id }) => id)
}

/** The names of labels by their ids, retired ones included: contacts have them until they are reached. */
export async function namesWithRetired(read: Ask, ownerId: string, ids: readonly string[]) {
  const rows = await read<{ id: string; name: string }>(
    'select id, name from labels where owner_id = $1 and id = any ($2::uuid[])',
    [ownerId, ids],
  )
  return new Map(rows.map(({ id, name }) => [id, name]))
}

/** @param contactId the last contact that the change has reached; null where it has reached all */
export async function setPropagatedTo(
  { ask, ownerId }: LockedBook,
  id: string,
  contactId: string | null,
) {
  await ask('update labels set propagated_to = $3 where owner_id = $1 and id = $2', [
    ownerId,
    id,
    contactId,
  ])
}

/** Those of the ids that are contacts in use, with their labels. */
export function findLabelsOf(read: Ask, ownerId: string, contactIds: readonly string[]) {
  return read<{ id: string; label_ids: string[] }>(
    `select id, label_ids from contacts
    where owner_id = $1 and id = any ($2::uuid[]) and deleted_at is null`,
    [ownerId, contactIds],
  )
}
