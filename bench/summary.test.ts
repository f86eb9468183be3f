import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { describeDataset } from './dataset.ts'
import { createScenarios } from './scenarios.ts'
import { rateOnly } from './subjects.ts'
import { spreadOf, summarise } from './summary.ts'

describe('the summary', () => {
  it('takes the median of the rounds', () => {
    assert.deepEqual(spreadOf([3, 1, 2]), { median: 2, min: 1, max: 3 })
    assert.deepEqual(spreadOf([1, 2, 4, 3]), { median: 2.5, min: 1, max: 4 })
    assert.equal(spreadOf([1, null]), null)
    assert.equal(spreadOf([]), null)
  })

  it('divides round by round, so that a machine which slows down does not change a ratio', () => {
    const [scenario] = createScenarios(describeDataset({ users: 1, contacts: 5, active: 1 }))
    assert.ok(scenario)
    const rows = summarise(
      [
        { scenario, subject: 'Kith', rounds: [400, 40, 4].map(rateOnly) },
        { scenario, subject: 'bare', rounds: [800, 80, 8].map(rateOnly) },
      ],
      [{ title: 'of bare', subjects: ['Kith'], base: 'bare', figure: 'requestsPerSecond' }],
    )
    assert.deepEqual(
      rows.map(({ ratios }) => ratios['of bare']),
      [{ median: 0.5, min: 0.5, max: 0.5 }, null],
    )
  })
})
