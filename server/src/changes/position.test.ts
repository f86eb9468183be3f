import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import fc from 'fast-check'
import { fromToken, toToken } from './position.ts'

const anyPosition = fc.record(
  {
    epoch: fc.integer({ min: 0, max: Number.MAX_SAFE_INTEGER }),
    modseq: fc.integer({ min: 0, max: 2 ** 48 - 1 }),
    start: fc.integer({ min: 0, max: 2 ** 48 - 1 }),
    day: fc.integer({ min: 0, max: 2 ** 16 - 1 }),
  },
  { noNullPrototype: true },
)

describe('a token', () => {
  it('holds a position, in 35 characters that a URL can carry', () => {
    fc.assert(
      fc.property(anyPosition, (position) => {
        const token = toToken(position)
        assert.match(token, /^[\w-]{35}$/)
        assert.deepEqual(fromToken(token), position)
      }),
    )
  })

  it('is none with any other character', () => {
    const letter = fc.constantFrom(...Array.from('ABCXYZabcxyz0189-_*/+='))
    fc.assert(
      fc.property(anyPosition, fc.nat({ max: 34 }), letter, (position, at, other) => {
        const token = toToken(position)
        fc.pre(token[at] !== other)
        assert.equal(fromToken(token.slice(0, at) + other + token.slice(at + 1)), undefined)
      }),
    )
  })

  it('is none in any other length', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme-ascii', maxLength: 60 }), (text) => {
        assert.equal(fromToken(text), undefined)
      }),
    )
  })
})
