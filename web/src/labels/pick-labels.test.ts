import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { labelChanges, newLabelChanges, shareOf } from './pick-labels.ts'

const ada = { id: 'ada', label_ids: ['friends', 'work'] }
const omar = { id: 'omar', label_ids: ['work'] }

describe('labels of several contacts', () => {
  it('are on all, some or none of them', () => {
    assert.equal(shareOf([ada, omar], 'work'), 'all')
    assert.equal(shareOf([ada, omar], 'friends'), 'some')
    assert.equal(shareOf([ada, omar], 'family'), 'none')
    assert.equal(shareOf([], 'family'), 'none')
  })

  it('are given to those that lack them, and taken from those that have them', () => {
    assert.deepEqual(labelChanges([ada, omar], 'friends', true), [
      { kind: 'patch', id: 'omar', patch: { label_ids: ['work', 'friends'] } },
    ])
    assert.deepEqual(labelChanges([ada, omar], 'friends', false), [
      { kind: 'patch', id: 'ada', patch: { label_ids: ['work'] } },
    ])
  })

  it('may be made with it, beside those that the contacts have', () => {
    const labels = [
      { id: 'work', name: 'Work', colour: null },
      { id: 'friends', name: 'Friends', colour: null },
    ]
    assert.deepEqual(newLabelChanges([ada], 'Choir', labels), [
      { kind: 'patch', id: 'ada', patch: { labels: ['Friends', 'Work', 'Choir'] } },
    ])
  })
})
