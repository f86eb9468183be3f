import type { BulkRow } from './bulk/summary.ts'
import type { DavRow } from './dav/dav.ts'
import type { LargeRow } from './large/large.ts'
import type { Row, Verdict } from './summary.ts'

/** What is drawn: one figure of some rows, by scenario and subject. */
export type Chart = { rows: Row[]; figure: 'requestsPerSecond' | 'p50Ms'; title: string }

/** What a run has found out. */
export type Outcome = {
  title: string
  /** What the figures are of, and what to know before one reads them. */
  notes: string[]
  rows: Row[] | BulkRow[] | LargeRow[] | DavRow[]
  /** The rows for the terminal. */
  table: string
  verdicts: Verdict[]
  chart: Chart | null
}
