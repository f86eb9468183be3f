import type { Head } from '../../changes/queries.ts'
import type { Call } from '../call.ts'
import type { StoredProperties } from '../store.ts'

/** A report that is asked for, with what was read beforehand. */
export type ReportCall = Call & {
  /** What clients have written of all resources. */
  stored: StoredProperties
  /** Where the book is, when it was prepared to be read. */
  head: Head | undefined
}
