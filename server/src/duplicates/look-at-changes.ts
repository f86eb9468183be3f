import type { Ask } from '../db/ask.ts'
import { useGenericPlans } from '../db/generic-plans.ts'
import { createPace, type Pace } from '../pace.ts'
import { candidatesIn, type Candidate } from './candidates.ts'
import type { Rules, Step } from './changes-of-book.ts'
import { blockKeysOf, countedKey, isCounted } from './likeness/block-keys.ts'
import { likenessOf } from './likeness/likeness.ts'
import type { IsShared } from './likeness/signs.ts'
import { regroup } from './regroup.ts'
import { clearBook, lockBookState, moveBook, type BookState } from './store/book-queries.ts'
import {
  deleteKeys,
  findBlocks,
  findKeys,
  insertKeys,
  type Block,
  type KeysOfContacts,
} from './store/key-queries.ts'
import { deletePairs, insertPairs, type Pair } from './store/pair-queries.ts'
import { learnTraits, type KnownTraits, type Reading } from './traits-of.ts'

/** More contacts than that have an e-mail address or a number that is nobody's own. */
const maxOwners = 5

const noKeys: KeysOfContacts = new Map()

/**
 * Looks at changes of a book: derives the keys of each changed contact, and compares it with those that
 * have one in common. To be called in a transaction.
 * @returns false, with nothing done, where somebody else has looked at the book meanwhile
 */
export async function lookAtChanges(
  ask: Ask,
  ownerId: string,
  rules: Rules,
  { before, after, changed, gone, isAnew, areNew }: Step,
): Promise<boolean> {
  await useGenericPlans(ask)
  const state = await lockBookState(ask, ownerId, after.rules)
  if (!state || !isSame(state, before ?? { position: null, rules: after.rules })) return false
  if (isAnew) await clearBook(ask, ownerId)
  const reading = { ask, ownerId, traitsOf: rules.traitsOf, pace: createPace() }
  const ids = [...changed.keys(), ...gone]
  if (ids.length > 0) await compareAnew(reading, changed, ids, areNew)
  await moveBook(ask, ownerId, after)
  return true
}

function isSame(one: BookState, other: BookState): boolean {
  return one.position === other.position && one.rules === other.rules
}

/** @param known the traits of those of the changed that are there */
async function compareAnew(
  reading: Reading,
  known: KnownTraits,
  changed: readonly string[],
  areNew: boolean,
) {
  const { ask, ownerId, pace } = reading
  const before = areNew ? noKeys : await deleteKeys(ask, ownerId, changed)
  const after = await keysOf(known, pace)
  await insertKeys(ask, ownerId, after)
  const touched = new Set([...distinctKeys(before), ...distinctKeys(after)])
  const blocks = await findBlocks(ask, ownerId, touched)
  const others = turned(blocks, before, after).filter((id) => !known.has(id))
  const keysOfOthers = others.length === 0 ? noKeys : await findKeys(ask, ownerId, others)
  const further = distinctKeys(keysOfOthers).difference(touched)
  if (further.size > 0) blocks.push(...(await findBlocks(ask, ownerId, further)))

  const again = new Set([...changed, ...others])
  const candidates = candidatesIn(blocks, again, new Map([...after, ...keysOfOthers]))
  await learnTraits(reading, known, new Set(candidates.flat()))
  const pairs = await compare(candidates, known, sharedBy(blocks), pace)
  const compared = areNew ? others : [...again]
  const dropped = compared.length === 0 ? [] : await deletePairs(ask, ownerId, compared)
  await insertPairs(ask, ownerId, pairs)
  const moved = [...dropped, ...pairs].flatMap(({ one_id, other_id }) => [one_id, other_id])
  await regroup(reading, known, new Set(moved), new Set(areNew ? changed : []))
}

async function keysOf(known: KnownTraits, pace: Pace): Promise<KeysOfContacts> {
  const keys = new Map<string, number[]>()
  for (const [id, traits] of known) {
    keys.set(id, blockKeysOf(traits))
    const turn = pace()
    if (turn) await turn
  }
  return keys
}

function distinctKeys(keys: KeysOfContacts): Set<number> {
  const distinct = new Set<number>()
  for (const some of keys.values()) for (const key of some) distinct.add(key)
  return distinct
}

/**
 * Whoever has an e-mail address or a number that has become, or is no more, one that many have: what it
 * says of them has changed with it.
 */
function turned(blocks: readonly Block[], before: KeysOfContacts, after: KeysOfContacts): string[] {
  const growth = new Map<number, number>()
  const count = (keys: KeysOfContacts, step: number) => {
    for (const some of keys.values()) {
      for (const key of some) if (isCounted(key)) growth.set(key, (growth.get(key) ?? 0) + step)
    }
  }
  count(before, -1)
  count(after, 1)
  return blocks.flatMap(({ key, contact_ids: ids }) => {
    const grown = growth.get(key) ?? 0
    return ids.length - grown > maxOwners === ids.length > maxOwners ? [] : ids
  })
}

function sharedBy(blocks: readonly Block[]): IsShared {
  const sizes = new Map(blocks.map(({ key, contact_ids: ids }) => [key, ids.length]))
  return (kind, value) => (sizes.get(countedKey(kind, value)) ?? 0) > maxOwners
}

async function compare(
  candidates: readonly Candidate[],
  known: KnownTraits,
  isShared: IsShared,
  pace: Pace,
): Promise<Pair[]> {
  const pairs: Pair[] = []
  for (const [one_id, other_id] of candidates) {
    const [one, other] = [known.get(one_id), known.get(other_id)]
    const likeness = one && other && likenessOf(one, other, isShared)
    if (likeness) pairs.push({ one_id, other_id, ...likeness })
    const turn = pace()
    if (turn) await turn
  }
  return pairs
}
