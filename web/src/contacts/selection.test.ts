import assert from 'node:assert/strict'
import { beforeEach, describe, it } from 'node:test'
import {
  clearSelection,
  dropFromSelection,
  hasSelection,
  keepSelection,
  selectAll,
  selectedSlots,
  selectTo,
  toggle,
} from './selection.ts'

const slots = Uint32Array.of(7, 3, 9, 1, 5)

describe('the selection', () => {
  beforeEach(clearSelection)

  it('has who was toggled', () => {
    toggle(slots, 1)
    toggle(slots, 3)
    toggle(slots, 1)
    assert.deepEqual(selectedSlots(), [1])
  })

  it('goes from the last toggled to a row, in both directions', () => {
    toggle(slots, 2)
    selectTo(slots, 0, 2)
    selectTo(slots, 3, 2)
    assert.deepEqual(new Set(selectedSlots()), new Set([1, 3, 7, 9]))
  })

  it('is everybody but those who were taken out again', () => {
    selectAll(slots)
    toggle(slots, 0)
    assert.deepEqual(selectedSlots(), [3, 9, 1, 5])
  })

  it('is the same people when the list becomes another one', () => {
    selectAll(slots)
    toggle(slots, 4)
    keepSelection(slots)
    keepSelection(Uint32Array.of(42))
    toggle(Uint32Array.of(42), 0)
    assert.deepEqual(new Set(selectedSlots()), new Set([1, 3, 7, 9, 42]))
  })

  it('lets go of who is no more', () => {
    toggle(slots, 0)
    toggle(slots, 1)
    dropFromSelection((slot) => slot === 7)
    assert.deepEqual(selectedSlots(), [3])
    dropFromSelection((slot) => slot === 3)
    assert.equal(hasSelection(), false)
  })
})
