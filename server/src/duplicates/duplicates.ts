import type { OpenDatabase } from '../db/database.ts'
import { AppError } from '../errors.ts'
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
import { findPairsOf } from './store/pair-queries.ts'

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
  read: OpenDatabase['read'],
  ownerId: string,
  rows: readonly Found[],
  total: number,
  limit: number,
): Promise<GroupPage> {
  const shown = rows.slice(0, limit)
  const ids = shown.flatMap((group) => group.contact_ids)
  const [found, pairs] = await Promise.all([
    findMembers(read, ownerId, ids),
    findPairsOf(read, ownerId, ids),
  ])
  const contacts = new Map(found.map((row) => [row.id, row]))
  const groups = shown.flatMap((group) => {
    const members = new Set(group.contact_ids)
    const own = group.contact_ids.flatMap((id) => contacts.get(id) ?? [])
    // What was deleted just now is gone from the next answer.
    if (own.length < 2) return []
    const among = pairs.filter((pair) => members.has(pair.one_id) && members.has(pair.other_id))
    const score = group.score ?? Math.max(0, ...among.map((pair) => pair.score))
    return [presentGroup({ id: group.id, score }, own, among)]
  })
  const last = shown.at(-1)
  const next = last && rows.length > shown.length ? { key: last.place, id: last.id } : null
  return { groups, next, total }
}

function noGroup(): AppError {
  return new AppError('not_found', 'not_found', 'There is no such group of duplicates.')
}
