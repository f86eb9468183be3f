import type { Import, ImportEntry } from '@kith/server/imports/schema'
import { number } from '../strings/moments.ts'
import { text } from '../strings/text.ts'

/** What becomes of entries, in the order in which the counts stand. */
export const outcomes = ['created', 'updated', 'same', 'failed'] as const
export type Outcome = ImportEntry['outcome']

/** “1,540 new · 48 updated · 11 same · 3 broken” */
export function countsOf({ created, updated, same, failed }: Import): string {
  return text('imports.counts', {
    created: number(created),
    updated: number(updated),
    same: number(same),
    failed: number(failed),
  })
}
