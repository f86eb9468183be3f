import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import type { BulkFigures } from './gauge.ts'
import { summaryOf } from './reader.ts'
import { bulkVerdicts, summariseBulk } from './summary.ts'

describe('the summary of a bulk run', () => {
  it('divides round by round, and tells how much memory was added', () => {
    const scenario = 'import-vcf'
    const rows = summariseBulk([
      { scenario, subject: 'at rest', rounds: [figures(null, 100)] },
      { scenario, subject: 'Kith', rounds: [figures(20, 150), figures(2, 230)] },
      { scenario, subject: 'COPY', rounds: [figures(100, null), figures(10, null)] },
    ])
    const [, kith] = rows
    assert.deepEqual(kith?.ratios['of COPY'], { median: 0.2, min: 0.2, max: 0.2 })
    assert.equal(kith.ratios['of bare'], null)
    assert.equal(kith.aboveRestMb, 130)
    assert.deepEqual(
      bulkVerdicts(rows).map(({ met }) => met),
      [true, false],
    )
  })

  it('takes percentiles that were really seen', () => {
    const latencies = Array.from({ length: 200 }, (_, index) => 200 - index)
    assert.deepEqual(summaryOf(latencies), { p50Ms: 100, p99Ms: 198, maxMs: 200 })
  })
})

function figures(contactsPerSecond: number | null, residentMb: number | null): BulkFigures {
  return {
    contactsPerSecond,
    megabytesPerSecond: null,
    readP50Ms: 1,
    readP99Ms: 2,
    readMaxMs: 3,
    waited: 0,
    cpuMicros: null,
    databaseCpuMicros: null,
    residentMb,
  }
}
