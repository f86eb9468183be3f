import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import fc from 'fast-check'
import { isOneSlipApart } from './one-slip.ts'

const word = fc.string({ unit: fc.constantFrom('a', 'b', 'c'), minLength: 5, maxLength: 9 })

/** The number of slips between two words (optimal string alignment). */
function distance(one: string, other: string): number {
  const rows = Array.from({ length: one.length + 1 }, (_, at) => [at])
  for (let at = 0; at <= other.length; at++) (rows[0] as number[])[at] = at
  const cell = (row: number, column: number) => rows[row]?.[column] ?? Infinity
  for (let row = 1; row <= one.length; row++) {
    for (let column = 1; column <= other.length; column++) {
      const isSame = one[row - 1] === other[column - 1]
      const isSwap = one[row - 1] === other[column - 2] && one[row - 2] === other[column - 1]
      ;(rows[row] as number[])[column] = Math.min(
        cell(row - 1, column) + 1,
        cell(row, column - 1) + 1,
        cell(row - 1, column - 1) + (isSame ? 0 : 1),
        row > 1 && column > 1 && isSwap ? cell(row - 2, column - 2) + 1 : Infinity,
      )
    }
  }
  return cell(one.length, other.length)
}

describe('words', () => {
  it('are one slip apart where their distance is one and they begin alike', () => {
    fc.assert(
      fc.property(word, word, (one, other) => {
        const isExpected = one[0] === other[0] && distance(one, other) === 1
        assert.equal(one !== other && isOneSlipApart(one, other), isExpected)
      }),
    )
  })

  it('of three letters are never', () => {
    assert.equal(isOneSlipApart('jan', 'jon'), false)
  })
})
