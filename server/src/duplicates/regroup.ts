import { groupsOf, type AreApart } from './groups.ts'
import { areDifferent } from './likeness/likeness.ts'
import { findDismissalsOf, type Dismissal } from './store/dismissal-queries.ts'
import { deleteGroups, insertGroups } from './store/group-queries.ts'
import { findPairsOf, type Pair } from './store/pair-queries.ts'
import { learnTraits, type KnownTraits, type Reading } from './traits-of.ts'

// What is connected to more contacts than these is grouped in parts.
const maxConnected = 2_000

/**
 * Makes the groups anew of contacts whose pairs, or dismissals, have changed, and of all they lead to.
 * @param fresh contacts that are in no group yet
 */
export async function regroup(
  reading: Reading,
  known: KnownTraits,
  contactIds: Iterable<string>,
  fresh: ReadonlySet<string> = new Set(),
): Promise<void> {
  const { ask, ownerId } = reading
  const { ids, pairs } = await connected(reading, contactIds)
  if (ids.length === 0) return
  const grouped = ids.filter((id) => !fresh.has(id))
  if (grouped.length > 0) await deleteGroups(ask, ownerId, grouped)
  if (pairs.length === 0) return
  await learnTraits(reading, known, inSeveralPairs(pairs))
  const dismissals = await findDismissalsOf(ask, ownerId, ids)
  await insertGroups(ask, ownerId, groupsOf(pairs, apartBy(dismissals, known)))
}

/** The contacts, those that pairs lead to, and the pairs. */
async function connected({ ask, ownerId }: Reading, contactIds: Iterable<string>) {
  const ids = new Set(contactIds)
  const pairs = new Map<string, Pair>()
  let next = [...ids]
  while (next.length > 0) {
    const found = await findPairsOf(ask, ownerId, next)
    for (const pair of found) pairs.set(`${pair.one_id} ${pair.other_id}`, pair)
    const reached = new Set(found.flatMap(({ one_id, other_id }) => [one_id, other_id]))
    next = ids.size > maxConnected + next.length ? [] : [...reached].filter((id) => !ids.has(id))
    for (const id of next) ids.add(id)
  }
  const all = [...pairs.values()]
  return {
    ids: [...ids],
    pairs: all.filter(({ one_id, other_id }) => ids.has(one_id) && ids.has(other_id)),
  }
}

/** Only where a contact is in two pairs there is a third one that it could be apart from. */
function inSeveralPairs(pairs: readonly Pair[]): Set<string> {
  const counts = new Map<string, number>()
  for (const { one_id, other_id } of pairs) {
    for (const id of [one_id, other_id]) counts.set(id, (counts.get(id) ?? 0) + 1)
  }
  const isMany = (id: string) => (counts.get(id) ?? 0) > 1
  const many = pairs.filter(({ one_id, other_id }) => isMany(one_id) || isMany(other_id))
  return new Set(many.flatMap(({ one_id, other_id }) => [one_id, other_id]))
}

function apartBy(dismissals: readonly Dismissal[], known: KnownTraits): AreApart {
  const dismissed = dismissals.map((dismissal) => new Set(dismissal.contact_ids))
  return (one, other) => {
    if (dismissed.some((ids) => ids.has(one) && ids.has(other))) return true
    const [mine, theirs] = [known.get(one), known.get(other)]
    return mine !== undefined && theirs !== undefined && areDifferent(mine, theirs)
  }
}
