import type { Collation } from './collation.ts'

/** Whether one condition is enough, or all of them are needed. */
export type Test = 'anyof' | 'allof'

export type TextMatch = {
  collation: Collation
  isNegated: boolean
  type: 'contains' | 'equals' | 'starts-with' | 'ends-with'
  text: string
}

export type ParamFilter = {
  name: string
  /** null where the parameter need only be there. */
  condition: TextMatch | 'is-not-defined' | null
}

export type PropFilter = {
  /** The property in upper case, and the group where one is named. */
  name: string
  group: string | null
  test: Test
  /** null where the property is not to be there. */
  conditions: { texts: TextMatch[]; params: ParamFilter[] } | null
}

/** A filter of cards (RFC 6352, 10.5). */
export type Filter = { test: Test; props: PropFilter[] }
