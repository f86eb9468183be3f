import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import fc from 'fast-check'
import { editDistance } from './edit-distance.ts'

const word = fc.string({ unit: fc.constantFrom('a', 'b', 'c'), maxLength: 7 })

describe('the edit distance', () => {
  it('counts a letter too many, a missing one, another one and two swapped ones as one typo', () => {
    for (const typo of ['johhn', 'jhn', 'jonn', 'jonh', 'ojhn', 'xjohn', 'john1', 'joh']) {
      assert.equal(editDistance('john', typo, 2), 1, typo)
    }
    assert.equal(editDistance('john', 'john', 2), 0)
    assert.equal(editDistance('lukasiewicz', 'lukaszewic', 2), 2)
  })

  it('is what all ways of editing give, up to the bound', () => {
    fc.assert(
      fc.property(word, word, fc.nat(3), (one, other, most) => {
        const distance = plainDistance(one, other)
        const bounded = editDistance(one, other, most)
        assert.ok(distance > most ? bounded > most : bounded === distance)
      }),
    )
  })
})

/** The definition of optimal string alignment, read out. */
function plainDistance(one: string, other: string): number {
  if (one === '' || other === '') return one.length + other.length
  const ways = [
    plainDistance(one.slice(1), other) + 1,
    plainDistance(one, other.slice(1)) + 1,
    plainDistance(one.slice(1), other.slice(1)) + (one[0] === other[0] ? 0 : 1),
  ]
  if (one.length > 1 && one[0] === other[1] && one[1] === other[0]) {
    ways.push(plainDistance(one.slice(2), other.slice(2)) + 1)
  }
  return Math.min(...ways)
}
