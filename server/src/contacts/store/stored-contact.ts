import type { Columns } from './columns.ts'

/** The entry points through which changes come. */
export const vias = ['api', 'import', 'populate', 'carddav'] as const
export type Via = (typeof vias)[number]

/** What changes do, as the history names it. */
export const operations = [
  'created',
  'changed',
  'deleted',
  'restored',
  'reverted',
  'imported',
  'import_undone',
  'labelled',
  'photo_changed',
  'merged',
  'merged_into',
  'merge_undone',
] as const
export type Operation = (typeof operations)[number]

/** A vCard to the octet, and the version that it states. */
export type Card = { version: string; text: string }

/** Everything the database stores of a contact but its id, its revision and its times. */
export type StoredContact = {
  columns: Columns
  labelIds: string[]
  uid: string | null
  photoHash: string | null
  card: Card | null
}
