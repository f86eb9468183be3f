import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { inventBook, type InventedEntry } from '../../test/invented-book/book.ts'
import { candidatesIn } from './candidates.ts'
import { groupsOf } from './groups.ts'
import { blockKeysOf, countedKey } from './likeness/block-keys.ts'
import { areDifferent, likenessOf } from './likeness/likeness.ts'
import { createTraitsReader } from './likeness/traits.ts'
import type { Block } from './store/key-queries.ts'
import type { Pair } from './store/pair-queries.ts'

// None of these was looked at while the rules were written.
const seeds = [101, 202, 303]

/** Which pairs of a book are shown: as the server finds them, in memory. */
function shownPairs(entries: readonly InventedEntry[], region: string | null): [number, number][] {
  const traitsOf = createTraitsReader(region)
  const traits = entries.map(({ contact }) => traitsOf(contact))
  const ids = entries.map((_, at) => String(at).padStart(6, '0'))
  const members = new Map<number, string[]>()
  const keys = new Map(ids.map((id, at) => [id, blockKeysOf(traits[at] ?? assert.fail())]))
  for (const [id, some] of keys) {
    for (const key of some) members.getOrInsertComputed(key, () => []).push(id)
  }
  const blocks: Block[] = [...members].map(([key, contactIds]) => ({
    key,
    contact_ids: contactIds,
  }))
  const isShared = (kind: 'email' | 'phone', value: string) =>
    (members.get(countedKey(kind, value))?.length ?? 0) > 5
  const traitsAt = (id: string) => traits[Number(id)] ?? assert.fail()
  const pairs: Pair[] = candidatesIn(blocks, new Set(ids), keys).flatMap(([one_id, other_id]) => {
    const likeness = likenessOf(traitsAt(one_id), traitsAt(other_id), isShared)
    return likeness ? [{ one_id, other_id, ...likeness }] : []
  })
  const groups = groupsOf(pairs, (one, other) => areDifferent(traitsAt(one), traitsAt(other)))
  return groups.flatMap(({ contact_ids: found }) =>
    found.flatMap((one, at) =>
      found.slice(at + 1).map((other): [number, number] => [Number(one), Number(other)]),
    ),
  )
}

/** How many of the shown pairs are of one person, and how many of the true pairs are shown. */
function measure(seed: number, region: string | null) {
  const entries = inventBook(seed)
  const shown = shownPairs(entries, region)
  const right = shown.filter(([one, other]) => entries[one]?.person === entries[other]?.person)
  const people = new Set(entries.map(({ person }) => person)).size
  assert.deepEqual([people, entries.length], [3_000, 3_600])
  return { precision: right.length / shown.length, recall: right.length / 600 }
}

describe('in invented books of 3,000 people, of whom 600 are there twice', () => {
  for (const region of [null, 'GB', 'DE']) {
    it(`nearly all that is shown is right, and most is shown, from ${region ?? 'nowhere'}`, (test) => {
      const measured = seeds.map((seed) => measure(seed, region))
      const mean = (of: 'precision' | 'recall') =>
        measured.reduce((sum, one) => sum + one[of], 0) / measured.length
      const [precision, recall] = [mean('precision'), mean('recall')]
      test.diagnostic(`precision ${precision.toFixed(3)}, recall ${recall.toFixed(3)}`)
      assert.ok(precision >= 0.98, `precision ${precision}`)
      assert.ok(recall >= 0.9, `recall ${recall}`)
    })
  }
})
