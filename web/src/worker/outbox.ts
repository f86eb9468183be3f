import type { Contact, Waiting } from './calls.ts'
import type { Values } from './contact-fields.ts'

/** Why the server refused a change. */
export type Refusal = NonNullable<Waiting['refusal']>

type About = {
  /** Its place: changes are sent in this order. */
  seq: number
  /** Another one whenever another content is sent: the server remembers what it answered. */
  opId: string
  contactId: string
  /** What the contact is called, also when it is gone. */
  title: string
  at: number
  /** The operation as it was sent, and may have arrived: it is repeated to the letter. */
  sent: Operation | null
  refusal: Refusal | null
}

/** A change that the server has not confirmed. */
export type Entry = About &
  (
    | { kind: 'create'; contact: Contact }
    /** `base`: the values before it, at `revision` of the server; `updatedAt`: the time they were from. */
    | {
        kind: 'patch'
        base: Values
        values: Values
        revision: string
        updatedAt: string
        /** The contact as it was shown last, where it was deleted elsewhere. */
        gone?: Contact
      }
    /** Another photo, or none: sent once the contact is on the server. */
    | { kind: 'photo'; photo: Blob | null }
    /** `contact`: as it was, to be shown again, and deleted only as that revision; null where that is not known. */
    | { kind: 'delete' | 'restore'; contact: Contact | null }
  )

export type PhotoEntry = Extract<Entry, { kind: 'photo' }>
/** What a batch can send. */
export type BatchEntry = Exclude<Entry, { kind: 'photo' }>

/** An operation of a batch, as the server takes it. */
export type Operation = {
  operation: BatchEntry['kind']
  op_id: string
  id: string
  contact?: object
  patch?: object
  if_revision?: string
}

/** What waits, as the page shows it. */
export function waitingOf(entry: Entry): Waiting {
  const { opId, kind, contactId, title, at, refusal } = entry
  const fields = kind === 'patch' ? Object.keys(entry.values) : []
  const isWhole = kind === 'restore' && entry.contact !== null
  return { opId, kind, contactId, title, fields, at, refusal, isWhole }
}
