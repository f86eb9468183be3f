import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { cutOctets, octetLength } from './text.ts'

const anyText = fc.oneof(
  fc.string({ unit: 'binary' }),
  // Also halves of surrogate pairs, which are written as U+FFFD.
  fc.string({ unit: fc.integer({ min: 0, max: 0xffff }).map((unit) => String.fromCharCode(unit)) }),
)

test('the length of a text is that of its octets', () => {
  fc.assert(
    fc.property(anyText, (text) => {
      assert.equal(octetLength(text), Buffer.byteLength(text))
    }),
  )
})

test('a text is cut before the character that does not fit', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), fc.nat({ max: 40 }), (text, maxOctets) => {
      const cut = cutOctets(text, maxOctets)
      assert.ok(text.startsWith(cut))
      assert.ok(octetLength(cut) <= maxOctets)
      const [next = ''] = text.slice(cut.length)
      assert.ok(cut === text || octetLength(cut + next) > maxOctets)
    }),
  )
})
