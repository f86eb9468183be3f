import type { Columns } from './columns.ts'

/** By what door a change came. */
export type Via = 'api' | 'import' | 'populate'

/** What a change did, as the history says it. */
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

export type Change = { actorId: string; via: Via; operation: Operation }

export type Card = { version: string; text: string }

/** All that is written of a contact. */
export type StoredContact = {
  columns: Columns
  labelIds: string[]
  uid: string | null
  photoHash: string | null
  card: Card | null
}
