import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { hasLabel, labelChanges, newLabelChanges, shareOf } from './pick-labels.ts'

const ada = { id: 'ada', label_ids: ['friends', 'work'] }
const omar = { id: 'omar', label_ids: ['work'] }
const work = { id: 'work', name: 'Work', colour: null }
const friends = { id: 'friends', name: 'Friends', colour: null }
const family = { id: 'family', name: 'Family', colour: null }

describe('labels of several contacts', () => {
  it('are on all, some or none of them', () => {
    assert.equal(shareOf([ada, omar], work), 'all')
    assert.equal(shareOf([ada, omar], friends), 'some')
    assert.equal(shareOf([ada, omar], family), 'none')
    assert.equal(shareOf([], family), 'none')
  })

  it('are known by the id that they had before the server made them, too', () => {
    const made = { ...family, id: 'of the server', localId: 'local-1' }
    assert.ok(hasLabel({ label_ids: ['local-1'] }, made))
    assert.ok(!hasLabel(ada, made))
  })

  it('are given to those that lack them, and taken from those that have them', () => {
    assert.deepEqual(labelChanges([ada, omar], friends, true), [
      { kind: 'label', id: 'omar', name: 'Friends', isGiven: true },
    ])
    assert.deepEqual(labelChanges([ada, omar], friends, false), [
      { kind: 'label', id: 'ada', name: 'Friends', isGiven: false },
    ])
  })

  it('may be made with it', () => {
    assert.deepEqual(newLabelChanges([ada], 'Choir'), [
      { kind: 'label', id: 'ada', name: 'Choir', isGiven: true },
    ])
  })
})
