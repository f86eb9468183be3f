import type { Ask } from '../../db/ask.ts'

/** The keys of contacts, by their ids. */
export type KeysOfContacts = ReadonlyMap<string, readonly number[]>

type KeyRow = { contact_id: string; key: number }

/** Contacts that have a key in common; of more than {@link maxInBlock} there is one more than that. */
export type Block = { key: number; contact_ids: string[] }

/** Of larger ones not every pair is looked at: it would be thousands. */
export const maxInBlock = 64

// One by one through their index: for all at once PostgreSQL may go through every key of the book.
const keysOfWanted = `unnest($2::uuid[]) as wanted (id) cross join lateral (
      select contact_id, key from duplicate_keys where owner_id = $1 and contact_id = wanted.id
    ) keys`

/** @returns those that there were */
export async function deleteKeys(
  ask: Ask,
  ownerId: string,
  contactIds: readonly string[],
): Promise<KeysOfContacts> {
  const rows = await ask<KeyRow>(
    `delete from duplicate_keys where owner_id = $1 and (contact_id, key) in (
      select contact_id, key from ${keysOfWanted}
    ) returning contact_id, key`,
    [ownerId, contactIds],
  )
  return byContact(rows)
}

/** In the order of the primary key, whose pages are then written one after the other. */
export async function insertKeys(ask: Ask, ownerId: string, keys: KeysOfContacts): Promise<void> {
  if (keys.size === 0) return
  await ask(
    `insert into duplicate_keys (owner_id, contact_id, key)
    select $1, contact_id, key
    from unnest($2::uuid[], $3::text[]) as made (contact_id, keys)
      cross join lateral unnest(keys::bigint[]) as key
    order by key`,
    [ownerId, [...keys.keys()], Array.from(keys.values(), (some) => `{${some.join(',')}}`)],
  )
}

export async function findKeys(
  ask: Ask,
  ownerId: string,
  contactIds: readonly string[],
): Promise<KeysOfContacts> {
  return byContact(
    await ask<KeyRow>(`select contact_id, key from ${keysOfWanted}`, [ownerId, contactIds]),
  )
}

/**
 * Who has each of the keys, for those that more than one contact has. In the order of the primary key as
 * well, whose pages are then read one after the other.
 */
export function findBlocks(ask: Ask, ownerId: string, keys: Iterable<number>): Promise<Block[]> {
  return ask<Block>(
    `select key, contact_ids from unnest($2::bigint[]) as wanted (key) cross join lateral (
      select array_agg(contact_id) as contact_ids from (
        select contact_id from duplicate_keys
        where owner_id = $1 and duplicate_keys.key = wanted.key
        order by contact_id limit ${maxInBlock + 1}
      ) members
    ) blocks where cardinality(contact_ids) > 1`,
    [ownerId, [...keys].sort((one, other) => one - other)],
  )
}

function byContact(rows: readonly KeyRow[]): KeysOfContacts {
  const keys = new Map<string, number[]>()
  for (const { contact_id: id, key } of rows) keys.getOrInsertComputed(id, () => []).push(key)
  return keys
}
