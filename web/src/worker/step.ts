import type { Change, Contact } from './calls.ts'
import type { Values } from './contact-fields.ts'
import type { Entry } from './outbox.ts'

/** An edit of a contact, as what it wrote over. */
export type Edited = { id: string; written: Values; before: Values }

/** The changes of a contact that were discarded, and the contact as it was shown with them. */
export type Discarded = { id: string; entries: readonly Entry[]; shown: Contact | null }

/** What was typed here of fields that were changed elsewhere too, of which somebody chose. */
export type Asked = { id: string; mine: Values }

/** A change, or what undoes one: that of an edit knows what it wrote. */
export type Step =
  | Change
  | ({ kind: 'revert' } & Edited)
  | ({ kind: 'put-back' } & Discarded)
  | ({ kind: 'ask' } & Asked)
