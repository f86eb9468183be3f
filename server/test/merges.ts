import type { ContactAnswer } from '../src/contacts/schema.ts'
import type { Merge, MergeAnswer } from '../src/merges/schema.ts'
import { idOf } from './cards.ts'
import { expectStatus, readJson, type Person } from './people.ts'
import type { TestServer } from './server.ts'

type Merging = {
  fields?: object
  if_revisions?: Record<string, string>
}

/** Merges contacts, as their owner; the first one stays. */
export async function merge(
  owner: Person,
  [into, ...ids]: readonly string[],
  more: Merging = {},
): Promise<MergeAnswer & { merge_id: string }> {
  const answer = await owner.post('/api/contacts/merge', { into, ids, ...more })
  expectStatus(answer, 200)
  return answer.json()
}

/** What a merge would make of contacts. */
export async function preview(
  owner: Person,
  [into, ...ids]: readonly string[],
  more: Merging = {},
): Promise<ContactAnswer> {
  const answer = await owner.post('/api/contacts/merge?dry_run=true', { into, ids, ...more })
  expectStatus(answer, 200)
  return answer.json<MergeAnswer>().contact
}

/** @returns the contacts that came back */
export async function undo(owner: Person, mergeId: string, query = ''): Promise<ContactAnswer[]> {
  const answer = await owner.post(`/api/merges/${mergeId}/undo${query}`)
  expectStatus(answer, 200)
  return answer.json().contacts
}

/** The first page of the merges, the latest first. */
export function mergesOf(owner: Person): Promise<Merge[]> {
  return readJson(owner, '/api/merges')
}

/**
 * Everything that is stored of somebody's contacts, to the microsecond and the octet: all columns and
 * cards, but the numbers of revisions, which only grow.
 */
export async function storedBook({ services }: TestServer, owner: Person): Promise<unknown[]> {
  const { pool } = services.database
  const values = [await idOf(owner)]
  const contacts = await pool.query(
    `select to_jsonb(contacts) - 'modseq' - 'created_modseq' as row from contacts
    where owner_id = $1 order by id`,
    values,
  )
  const cards = await pool.query(
    'select contact_id, version, card from contact_cards where owner_id = $1 order by contact_id',
    values,
  )
  const sources = await pool.query(
    `select encode(fingerprint, 'hex') as fingerprint, contact_id from contact_sources
    where owner_id = $1 order by fingerprint`,
    values,
  )
  const gone = await pool.query('select contact_id from tombstones where owner_id = $1', values)
  return [contacts.rows, cards.rows, sources.rows, gone.rows]
}
