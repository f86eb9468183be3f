import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import fc from 'fast-check'
import { headRem, heightOfAll, layOut, rowAt, rowRem, topInSection, topOf } from './list-layout.ts'

const lists = fc
  .tuple(
    fc.integer({ min: 1, max: 300 }),
    fc.uniqueArray(fc.integer({ min: 1, max: 299 }), { maxLength: 12 }),
    fc.boolean(),
  )
  .map(([rows, starts, hasHeads]) => {
    const ats = hasHeads ? [0, ...starts.filter((at) => at < rows).sort((a, b) => a - b)] : []
    return { rows, heads: ats.map((at, place) => ({ letter: String(place), at })) }
  })

describe('the layout of the list', () => {
  it('has every row below the one before it, and every head between', () => {
    fc.assert(
      fc.property(lists, ({ rows, heads }) => {
        const sections = layOut(rows, heads)
        let top = 0
        for (let row = 0; row < rows; row++) {
          if (heads.some(({ at }) => at === row)) top += headRem
          assert.equal(topOf(sections, row), top)
          top += rowRem
        }
        assert.equal(heightOfAll(sections), top)
      }),
    )
  })

  it('finds the row at every height', () => {
    fc.assert(
      fc.property(lists, fc.double({ min: 0, max: 1, noNaN: true }), ({ rows, heads }, part) => {
        const sections = layOut(rows, heads)
        const rem = part * (heightOfAll(sections) - 0.01)
        const row = rowAt(sections, rem)
        const top = topOf(sections, row)
        assert.ok(rem < top + rowRem, 'the row does not end above')
        assert.ok(row === 0 || topOf(sections, row - 1) + rowRem <= rem, 'the one before does')
      }),
    )
  })

  it('has the same top by section and by list', () => {
    const sections = layOut(10, [
      { letter: 'A', at: 0 },
      { letter: 'B', at: 4 },
    ])
    const [, second] = sections
    assert.ok(second)
    assert.equal(second.top + topInSection(second, 6), topOf(sections, 6))
  })

  it('is nothing without rows', () => {
    assert.deepEqual(layOut(0, []), [])
    assert.equal(heightOfAll([]), 0)
  })
})
