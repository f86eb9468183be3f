import type { Kind } from '../resource.ts'
import type { ShortName } from '../xml/names.ts'

const ofEverything = [
  'D:expand-property',
  'D:acl-principal-prop-set',
  'D:principal-match',
  'D:principal-property-search',
  'D:principal-search-property-set',
] as const satisfies ShortName[]
const ofBooks = [
  'C:addressbook-query',
  'C:addressbook-multiget',
  'D:sync-collection',
] as const satisfies ShortName[]
const ofCards = ['C:addressbook-query', 'C:addressbook-multiget'] as const satisfies ShortName[]

export type ReportName = (typeof ofEverything | typeof ofBooks)[number]

/** The reports that may be asked of a resource (RFC 3253, 3.6). */
export function reportsOf(kind: Kind): readonly ReportName[] {
  if (kind === 'book') return [...ofBooks, ...ofEverything]
  return kind === 'card' ? [...ofCards, ...ofEverything] : ofEverything
}
