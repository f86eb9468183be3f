import { findWholes, labelNames } from '../contacts/store/queries.ts'
import type { CardedRow } from '../contacts/store/rows.ts'
import type { Ask } from '../db/ask.ts'
import type { OpenDatabase } from '../db/database.ts'
import { AppError } from '../errors.ts'
import { maxOthers } from '../merges/merged-contact.ts'
import { createPace } from '../pace.ts'
import type { DuplicateFinder } from './duplicate-finder.ts'
import { presentGroup } from './present-group.ts'
import type { DuplicateGroup } from './schema.ts'
import {
  countDismissals,
  deleteDismissal,
  insertDismissal,
  isDismissed,
  listDismissals,
} from './store/dismissal-queries.ts'
import {
  countGroups,
  findGroup,
  findMembers,
  listGroups,
  type Group,
  type GroupPlace,
} from './store/group-queries.ts'
import { findPairsOf, type Pair } from './store/pair-queries.ts'

type Reading = Pick<OpenDatabase, 'read'>
type Page = { after: GroupPlace | null; limit: number }

/** Some groups, where the next page begins, and how many there are on all of them. */
export type GroupPage = { groups: DuplicateGroup[]; next: GroupPlace | null; total: number }

/** A page of the groups of contacts that may be of one person, as they are known. */
export async function readGroups({ read }: Reading, ownerId: string, page: Page) {
  const [rows, total] = await Promise.all([
    listGroups(read, ownerId, page),
    countGroups(read, ownerId),
  ])
  return readPage(read, ownerId, rows, total, page.limit)
}

/** The same of those that were dismissed. */
export async function readDismissed({ read }: Reading, ownerId: string, page: Page) {
  const [rows, total] = await Promise.all([
    listDismissals(read, ownerId, page),
    countDismissals(read, ownerId),
  ])
  return readPage(read, ownerId, rows, total, page.limit)
}

/**
 * Remembers that no two of a group are one person.
 * @throws AppError `not_found` for a group that is not there, or has other contacts by now
 */
export async function dismiss(finder: DuplicateFinder, ownerId: string, id: string): Promise<void> {
  await finder.change(ownerId, async (ask) => {
    const group = await findGroup(ask, ownerId, id)
    if (group) {
      await insertDismissal(ask, ownerId, group)
      return group.contact_ids
    }
    if (await isDismissed(ask, ownerId, id)) return []
    throw noGroup()
  })
}

/** @throws AppError `not_found` for one that was not dismissed */
export async function undismiss(finder: DuplicateFinder, ownerId: string, id: string) {
  await finder.change(ownerId, async (ask) => {
    const dismissal = await deleteDismissal(ask, ownerId, id)
    if (!dismissal) throw noGroup()
    return dismissal.contact_ids
  })
}

type Found = Pick<Group, 'id' | 'contact_ids'> & { score?: number; place: string }

async function readPage(
  read: Ask,
  ownerId: string,
  rows: readonly Found[],
  total: number,
  limit: number,
): Promise<GroupPage> {
  const shown = rows.slice(0, limit)
  const ids = shown.flatMap((group) => group.contact_ids)
  const pairs = await findPairsOf(read, ownerId, ids)
  const groups: DuplicateGroup[] = []
  const pace = createPace()
  // One by one: their cards hold photos.
  for (const group of shown) {
    const readable = await readGroup(read, ownerId, group, pairs)
    if (readable) groups.push(readable)
    const turn = pace()
    if (turn) await turn
  }
  const last = shown.at(-1)
  const next = last && rows.length > shown.length ? { key: last.place, id: last.id } : null
  return { groups, next, total }
}

/** @returns undefined for one of which too little is left: what was deleted just now is not shown */
async function readGroup(
  read: Ask,
  ownerId: string,
  { id, contact_ids: ids, ...group }: Found,
  pairs: readonly Pair[],
): Promise<DuplicateGroup | undefined> {
  const rows = await findCarded(read, ownerId, ids)
  if (rows.length < 2) return undefined
  const labelIds = rows.flatMap((row) => row.label_ids)
  const names = await labelNames(read, ownerId, [...new Set(labelIds)])
  const members = new Set(ids)
  const among = pairs.filter((pair) => members.has(pair.one_id) && members.has(pair.other_id))
  const score = group.score ?? Math.max(0, ...among.map((pair) => pair.score))
  return presentGroup({ id, score }, rows, among, names)
}

/** The contacts in use, in this order, with their cards if they are few enough to be merged at once. */
async function findCarded(
  read: Ask,
  ownerId: string,
  ids: readonly string[],
): Promise<CardedRow[]> {
  if (ids.length <= maxOthers + 1) {
    const found = await findWholes(read, ownerId, ids)
    const rows = ids.flatMap((id) => found.get(id) ?? [])
    return rows.filter((row) => row.deleted_at === null)
  }
  const rows = await findMembers(read, ownerId, ids)
  const found = new Map(rows.map((row) => [row.id, { ...row, card: null, card_version: null }]))
  return ids.flatMap((id) => found.get(id) ?? [])
}

function noGroup(): AppError {
  return new AppError('not_found', 'not_found', 'There is no such group of duplicates.')
}
