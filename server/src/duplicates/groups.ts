import { hash } from 'node:crypto'
import type { Group } from './store/group-queries.ts'
import type { Pair } from './store/pair-queries.ts'

/** What keeps two contacts out of one group: they are, or are said to be, of different people. */
export type AreApart = (one: string, other: string) => boolean

type Cluster = { ids: string[]; score: number }

/** More are not merged at once, nor looked at. */
export const maxInGroup = 20

/**
 * Puts together what is connected by pairs, the best first. A pair that would bring two together that are
 * apart joins nothing: if Ada shares a number with Bo, and Bo an address with Cy, the three are one only
 * if Ada may be Cy. The score of a group is that of the weakest pair that holds it together.
 */
export function groupsOf(pairs: readonly Pair[], areApart: AreApart): Group[] {
  const clusters = new Map<string, Cluster>()
  const clusterOf = (id: string) =>
    clusters.getOrInsertComputed(id, () => ({ ids: [id], score: 1 }))
  for (const { one_id, other_id, score } of pairs.toSorted(byScore)) {
    const [one, other] = [clusterOf(one_id), clusterOf(other_id)]
    if (one === other || one.ids.length + other.ids.length > maxInGroup) continue
    if (one.ids.some((mine) => other.ids.some((theirs) => areApart(mine, theirs)))) continue
    const joined = {
      ids: [...one.ids, ...other.ids],
      score: Math.min(one.score, other.score, score),
    }
    for (const id of joined.ids) clusters.set(id, joined)
  }
  return [...new Set(clusters.values())]
    .filter(({ ids }) => ids.length > 1)
    .map(({ ids, score }) => {
      const contactIds = ids.toSorted()
      return { id: groupId(contactIds), contact_ids: contactIds, score }
    })
}

/** In an order that is the same every time. */
function byScore(one: Pair, other: Pair): number {
  return (
    other.score - one.score ||
    compare(one.one_id, other.one_id) ||
    compare(one.other_id, other.other_id)
  )
}

function compare(one: string, other: string): number {
  return one < other ? -1 : Number(one > other)
}

/** The same for the same contacts: a UUIDv8 (RFC 9562, section 5.8) of their ids in order. */
function groupId(contactIds: readonly string[]): string {
  const digest = hash('sha256', contactIds.join(' '), 'hex')
  const variant = ((Number.parseInt(digest.slice(16, 17), 16) & 3) | 8).toString(16)
  const parts = [
    digest.slice(0, 8),
    digest.slice(8, 12),
    `8${digest.slice(13, 16)}`,
    `${variant}${digest.slice(17, 20)}`,
    digest.slice(20, 32),
  ]
  return parts.join('-')
}
