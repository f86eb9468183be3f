import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import fc from 'fast-check'
import { groupsOf, maxInGroup } from './groups.ts'
import type { Pair } from './store/pair-queries.ts'

const pair = (one_id: string, other_id: string, score = 0.9): Pair => ({
  one_id,
  other_id,
  score,
  reasons: [],
})
const never = () => false

function membersOf(pairs: Pair[], areApart: (one: string, other: string) => boolean = never) {
  return groupsOf(pairs, areApart).map((group) => group.contact_ids)
}

describe('groups', () => {
  it('are what pairs connect, with the score of the weakest', () => {
    const groups = groupsOf([pair('a', 'b', 0.7), pair('b', 'c', 0.9), pair('x', 'y')], never)
    assert.deepEqual(
      groups.map(({ contact_ids: ids, score }) => [ids, score]),
      [
        [['a', 'b', 'c'], 0.7],
        [['x', 'y'], 0.9],
      ],
    )
  })

  it('hold no two that are apart, however they are connected', () => {
    const areApart = (one: string, other: string) => [one, other].toSorted().join('') === 'ac'
    assert.deepEqual(membersOf([pair('a', 'b', 0.9), pair('b', 'c', 0.8)], areApart), [['a', 'b']])
    assert.deepEqual(membersOf([pair('a', 'c')], areApart), [])
  })

  it('are the same in whatever order the pairs come, and of limited size', () => {
    const id = fc.integer({ min: 10, max: 60 }).map(String)
    const anyPair = fc
      .tuple(id, id, fc.integer({ min: 5, max: 9 }))
      .filter(([one, other]) => one < other)
    const pairs = fc.uniqueArray(anyPair, {
      selector: ([one, other]) => one + other,
      maxLength: 80,
    })
    fc.assert(
      fc.property(pairs, fc.func(fc.nat()), (drawn, shuffle) => {
        const all = drawn.map(([one, other, score]) => pair(one, other, score / 10))
        const shuffled = all.toSorted((one, other) => shuffle(one) - shuffle(other))
        const byId = (groups: ReturnType<typeof groupsOf>) =>
          groups.toSorted((one, other) => (one.id < other.id ? -1 : 1))
        const groups = groupsOf(all, never)
        assert.deepEqual(byId(groupsOf(shuffled, never)), byId(groups))
        const ids = groups.flatMap((group) => group.contact_ids)
        assert.equal(new Set(ids).size, ids.length)
        for (const group of groups) assert.ok(group.contact_ids.length <= maxInGroup)
      }),
    )
  })

  it('have the id of their members', () => {
    const [one] = groupsOf([pair('a', 'b')], never)
    const [same] = groupsOf([pair('a', 'b', 0.6)], never)
    const [other] = groupsOf([pair('a', 'c')], never)
    assert.equal(one?.id, same?.id)
    assert.notEqual(one?.id, other?.id)
    assert.match(
      one?.id ?? '',
      /^[0-9a-f]{8}-[0-9a-f]{4}-8[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/,
    )
  })
})
