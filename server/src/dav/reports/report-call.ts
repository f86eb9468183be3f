import type { Call } from '../call.ts'
import type { StoredProperties } from '../store.ts'

/** A report that is asked for, with what clients have written of all resources. */
export type ReportCall = Call & { stored: StoredProperties }
