import type { Columns } from './columns.ts'

/** Through which entry point a change came. */
export type Via = 'api' | 'import' | 'populate'

/** What a change did, as the history names it. */
export type Operation =
  | 'created'
  | 'changed'
  | 'deleted'
  | 'restored'
  | 'reverted'
  | 'imported'
  | 'import_undone'
  | 'labelled'
  | 'photo_changed'

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
