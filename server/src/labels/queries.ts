import type { Ask } from '../db/ask.ts'

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

// One whose key is null is being deleted: for its owner it is gone.
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
 * Adds labels, in their order, as far as the owner may have more. The owner is locked, so that
 * nobody adds others meanwhile.
 * @returns those that were added
 * @throws a violation of `labels_name_once`
 */
export function insertLabels(
  write: Ask,
  ownerId: string,
  labels: readonly (KeyedLabel & { colour: string | null })[],
) {
  return write<LabelRow & { key: string }>(
    `insert into labels (owner_id, id, name, name_key, colour)
    select $1, id, name, key, colour
    from unnest($2::uuid[], $3::text[], $4::text[], $5::text[])
      with ordinality as label (id, name, key, colour, number)
    order by number
    limit greatest(0, ${maxLabels} - (select count(*) from labels where ${live}))
    returning ${columns}, labels.name_key as key`,
    [
      ownerId,
      labels.map(({ id }) => id),
      labels.map(({ name }) => name),
      labels.map(({ key }) => key),
      labels.map(({ colour }) => colour),
    ],
  )
}

/** @throws a violation of `labels_name_once` */
export async function updateLabel(
  write: Ask,
  ownerId: string,
  label: { id: string; name: string; key: string; colour: string | null },
) {
  await write(`update labels set name = $3, name_key = $4, colour = $5 where ${live} and id = $2`, [
    ownerId,
    label.id,
    label.name,
    label.key,
    label.colour,
  ])
}

/** From now on every contact of the label has to be told of its new name, or of its end. */
export async function markForPropagation(write: Ask, ownerId: string, id: string) {
  await write(
    `update labels set untold_after = '00000000-0000-0000-0000-000000000000'
    where owner_id = $1 and id = $2`,
    [ownerId, id],
  )
}

/**
 * For its owner the label is gone, and its name free; its row stays until its contacts are told.
 * @returns whether it was there
 */
export async function retireLabel(
  write: Ask,
  ownerId: string,
  id: string,
  trashesContacts: boolean,
): Promise<boolean> {
  const rows = await write(
    `update labels set name_key = null, trashes_contacts = $3 where ${live} and id = $2
    returning id`,
    [ownerId, id, trashesContacts],
  )
  return rows.length > 0
}

/** Deletes a label of which no contact has to be told any more. */
export async function deleteLabel(write: Ask, ownerId: string, id: string) {
  await write('delete from labels where owner_id = $1 and id = $2', [ownerId, id])
}

export type PendingLabel = {
  name: string
  colour: string | null
  untoldAfter: string
  isEnding: boolean
  trashesContacts: boolean
}

/** A label whose contacts are not all told yet. */
export async function findPendingLabel(read: Ask, ownerId: string, id: string) {
  const rows = await read<PendingLabel>(
    `select name, colour, untold_after as "untoldAfter", name_key is null as "isEnding",
      trashes_contacts as "trashesContacts"
    from labels where owner_id = $1 and id = $2 and untold_after is not null`,
    [ownerId, id],
  )
  return rows[0]
}

/**
 * The names of labels by their ids, also of those that are being deleted: until a contact is told, it
 * has them.
 */
export async function namesWithRetired(read: Ask, ownerId: string, ids: readonly string[]) {
  const rows = await read<{ id: string; name: string }>(
    'select id, name from labels where owner_id = $1 and id = any ($2::uuid[])',
    [ownerId, ids],
  )
  return new Map(rows.map(({ id, name }) => [id, name]))
}

/** @param after the last contact that was told; null where all are */
export async function setPropagatedTo(
  write: Ask,
  ownerId: string,
  id: string,
  after: string | null,
) {
  await write('update labels set untold_after = $3 where owner_id = $1 and id = $2', [
    ownerId,
    id,
    after,
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
