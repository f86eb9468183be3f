import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import fc from 'fast-check'
import { dragged, maxZoom, sideOf, wholeOf, within } from './crop.ts'

const size = fc.record({
  width: fc.integer({ min: 1, max: 9000 }),
  height: fc.integer({ min: 1, max: 9000 }),
})
const offset = fc.integer({ min: -9000, max: 9000 })

describe('the crop of a photo', () => {
  it('begins with the largest square in the middle', () => {
    assert.deepEqual(wholeOf({ width: 400, height: 200 }), { x: 200, y: 100, zoom: 1 })
    assert.equal(sideOf(wholeOf({ width: 400, height: 200 }), { width: 400, height: 200 }), 200)
  })

  it('never shows what is beside the picture', () => {
    fc.assert(
      fc.property(
        size,
        offset,
        offset,
        fc.double({ min: 0, max: 9, noNaN: true }),
        (size, x, y, zoom) => {
          const crop = within({ x, y, zoom }, size)
          const half = sideOf(crop, size) / 2
          assert.ok(crop.zoom >= 1 && crop.zoom <= maxZoom)
          assert.ok(crop.x - half >= -1e-6 && crop.x + half <= size.width + 1e-6)
          assert.ok(crop.y - half >= -1e-6 && crop.y + half <= size.height + 1e-6)
        },
      ),
    )
  })

  it('follows the pointer at the scale of the screen', () => {
    const size = { width: 400, height: 200 }
    const moved = dragged(wholeOf(size), size, { x: 10, y: 50 }, 100)
    assert.deepEqual(moved, { x: 180, y: 100, zoom: 1 })
  })
})
