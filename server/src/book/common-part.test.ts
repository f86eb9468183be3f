import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import fc from 'fast-check'
import { byCommonPart } from './common-part.ts'

const text = fc.string({ unit: fc.constantFrom('a', 'b', ' ', '😀', '😁'), maxLength: 9 })
const texts = fc.array(text, { maxLength: 8 })

describe('texts with a part in common', () => {
  it('are one family with the longest such part', () => {
    assert.deepEqual(byCommonPart(['гнатюк', 'hnatiuk', 'hnatyuk', 'gnatiuk', 'gnatjuk']), [
      { part: 'nat', texts: ['hnatiuk', 'hnatyuk', 'gnatiuk', 'gnatjuk'] },
      { part: 'гнатюк', texts: ['гнатюк'] },
    ])
    assert.deepEqual(byCommonPart(['muller', 'mueller']), [
      { part: 'ller', texts: ['muller', 'mueller'] },
    ])
    assert.deepEqual(byCommonPart(['oak', ' oak ', 'soak']), [{ part: 'oak', texts: ['oak'] }])
    assert.deepEqual(byCommonPart(['😀😀a', '😀😀b']).length, 2)
    assert.deepEqual(byCommonPart([]), [])
  })

  it('are found by families wherever one of them is, and nowhere else', () => {
    fc.assert(
      fc.property(texts, text, (wanted, searched) => {
        const families = byCommonPart(wanted)
        assert.ok(families.every(({ part }) => part.isWellFormed()))
        assert.equal(
          families.some((family) => {
            const isThere = (one: string) => searched.includes(one)
            return isThere(family.part) && family.texts.some(isThere)
          }),
          wanted.some((one) => searched.includes(one)),
        )
      }),
      { numRuns: 1000 },
    )
  })
})
