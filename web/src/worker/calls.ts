import type { CalendarDay } from '@kith/server/birthdays/upcoming'
import type { ContactPatch } from '@kith/server/contacts/body-schema'
// What the page may ask of the data worker, and what it hears from it: types alone, which both sides
// share. Everything here can be cloned into another thread.
import type { ContactAnswer } from '@kith/server/contacts/schema'
import type { Preferences, PreferencesPatch } from '@kith/server/preferences/schema'

export type Contact = ContactAnswer
/**
 * A merge patch of a contact. `labels` are names, also of labels that are not there yet: they are made
 * when the patch is sent. `label_ids` and `labels` exclude each other.
 */
export type Patch = ContactPatch & { labels?: string[] }
export type Label = {
  id: string
  name: string
  colour: string | null
  /** The id that it had on this device before the server made it; what was read then still has it. */
  localId?: string
}
export type User = {
  id: string
  username: string
  email: string
  avatar: string | null
  [other: string]: unknown
}

/** A number for life that this device gives to a contact, the index of its row in every array. */
export type Slot = number

/** What a row shows, by slot: `titles[i]` is of `slots[i]`. An id of null: the slot is free now. */
export type Rows = {
  slots: Slot[]
  ids: (string | null)[]
  titles: string[]
  subtitles: string[]
  /** The path of the photo, another one with every photo. */
  photos: (string | null)[]
  /** Companies have a square picture with one letter. */
  companies: boolean[]
}

export type Sort = 'first_name' | 'last_name' | 'changed'

export type ListQuery = {
  /** Everyone, those with the label `Starred`, or those with this label (its id). */
  of: 'all' | 'favourites' | { label: string }
  /** What was typed; every word must occur. Empty: no search. */
  search: string
  /** Whether to look into notes, addresses and fields of one's own as well. */
  notes: boolean
  sort: Sort
}

/** The first letter of a run of rows in the order; `#` is what is no letter. */
export type Head = { letter: string; at: number }

/** A row found by another field than its title or subtitle: what to show there, `[start, end)` marked. */
export type Hit = { slot: Slot; text: string; marked: [start: number, end: number] }

export type List = { slots: Uint32Array; heads: Head[]; hits: Hit[] }

/** Birthdays of today, of this week, or of a month; the arrays go together. */
export type Birthdays = {
  /** `YYYY-MM` for what is further away than a week. */
  when: 'today' | 'week' | (string & {})
  slots: Uint32Array
  daysUntil: Uint16Array
  /** The ages reached that day; 0 where the year is unknown. */
  turns: Uint16Array
}

/** An edit of one contact. A `create` names the id that it makes, a UUIDv7. */
export type Change =
  | { kind: 'create'; id: string; contact: Patch }
  /** `before`: the values that it was typed over; where others changed them since, both are merged. */
  | { kind: 'patch'; id: string; patch: Patch; before?: Partial<Contact> }
  /** Gives the contact a label, or takes it away; named, since its id may become another one. */
  | { kind: 'label'; id: string; name: string; isGiven: boolean }
  /** Sends another photo, or none; the contact shows it once it is on the server. */
  | { kind: 'photo'; id: string; photo: Blob | null }
  | { kind: 'delete'; id: string }
  | { kind: 'restore'; id: string }
  /** Knows what was deleted: that is shown at once, and made anew where the server never had it. */
  | { kind: 'restore'; id: string; deleted: Contact; isOnServer: boolean }
  /** Takes back a change of the contact that the server has not confirmed. */
  | { kind: 'discard'; id: string; opId: string }
  /** Settles a field that was changed here and elsewhere. */
  | { kind: 'choose'; id: string; field: keyof Contact; keep: 'mine' | 'theirs' }
  /** Makes a contact with this id of one that is deleted for good: what a restoration knows that was refused. */
  | { kind: 'save-as-new'; id: string; opId: string }

/** What was done, to be undone by one command; `undo` gives it back to the worker. */
export type Undo = { id: string }

/** A change that the server has not confirmed. */
export type Waiting = {
  opId: string
  kind: 'create' | 'patch' | 'photo' | 'delete' | 'restore'
  contactId: string
  title: string
  /** The names of the fields that are changed. */
  fields: string[]
  /** When it was made: milliseconds since the epoch. */
  at: number
  /** Why the server refused it; null while it waits to be sent. */
  refusal: { code: string; detail: string; pointers: string[] } | null
  /** Of a restoration: whether the whole contact is known, so that it can be saved as a new one. */
  isWhole: boolean
}

/** The same field was changed here and elsewhere: what the contact shows is theirs. */
export type Conflict = {
  contactId: string
  title: string
  fields: { field: keyof Contact; mine: unknown; theirs: unknown }[]
}

/** A form that was not saved; `title`: what its contact is called, null where it is new or gone. */
export type Unsaved = { contactId: string; title: string | null; at: number }

/** What is on this device alone: what waits or was refused, what is to be chosen, and forms that were not saved. */
export type Unsent = { changes: Waiting[]; conflicts: Conflict[]; drafts: Unsaved[] }

export type SyncState =
  /** What waits is not read yet. */
  | { kind: 'unknown' }
  | { kind: 'up-to-date' }
  | { kind: 'offline' }
  /** Reading the book: how many contacts are here, and how many there are. */
  | { kind: 'reading'; done: number; total: number }
  | { kind: 'waiting'; changes: number; sendsAgainAt: number | null }
  /** The server answers with errors; what is here stays. */
  | { kind: 'failing'; changes: number; code: string }
  /** What is new on the server has no place in the browser. */
  | { kind: 'full' }

/**
 * `none`: nobody is logged in here. `expired`: the data stays, and only the same account may go on.
 * `ended`: the session was ended elsewhere, and this device was wiped.
 */
export type SessionState =
  | { kind: 'unknown' }
  | { kind: 'open'; user: User }
  | { kind: 'offline'; user: User }
  | { kind: 'expired'; user: User }
  /** `lost`: how many changes had not been sent. */
  | { kind: 'ended'; lost: number }
  | { kind: 'none' }

export type WorkerEvent =
  | { type: 'rows'; rows: Rows }
  /** The order or the members of lists changed: lists on screen are to be asked for again. */
  | { type: 'order' }
  /** The list that was shown last, before it is asked for. */
  | { type: 'first-list'; query: ListQuery; list: List }
  /** These contacts are not what they were; `whole` when all may have changed. */
  | { type: 'contacts'; ids: string[]; whole: boolean }
  | { type: 'labels'; labels: Label[]; counts: Record<string, number>; total: number }
  | { type: 'sync'; state: SyncState }
  | { type: 'session'; state: SessionState }
  | { type: 'waiting'; changes: Waiting[] }
  | { type: 'conflicts'; conflicts: Conflict[] }
  | { type: 'preferences'; preferences: Preferences }
  /** The disk of the browser is full, and photos were let go: nothing new is kept here until it is not. */
  | { type: 'disk'; isFull: boolean }

/** A call of the API that needs the server, as the logged-in user. */
export type ApiCall = {
  method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE'
  /** Path and query, from `/api/` on. */
  path: string
  /** Sent as JSON, or as it is when it is a form or a file. */
  body?: unknown
  form?: { field: string; file: File | Blob; name?: string }
  headers?: Record<string, string>
  /** How to read the answer; `json` unless said. */
  as?: 'json' | 'blob' | 'text'
}

/** A status of 0: the server could not be reached. */
export type ApiAnswer = { status: number; body: unknown; headers: Record<string, string> }

/** A form that was not saved; `contactId` is `new` for a contact that is not there yet. */
export type Draft = { contactId: string; value: unknown; at: number }

export type StorageUse = {
  bytes: number | null
  photos: number
  photoBytes: number
  persisted: boolean | null
  /** False without a secure context: no service worker, no locks. */
  worksOffline: boolean
}

export type DataWorker = {
  /**
   * Begins: what is on the device of a user first, then the session, then changes. Events go to
   * `listener`.
   * @param userId null while it is not known whose session it is
   */
  start: (listener: (event: WorkerEvent) => void, userId: string | null) => Promise<void>

  list: (query: ListQuery) => Promise<List>
  /** The first rows are on the screen: the page has time for the others. */
  shown: () => Promise<void>
  contact: (id: string) => Promise<Contact | null>
  contacts: (ids: string[]) => Promise<Contact[]>
  /** Everybody's next birthday from a day on, soonest first, in groups. */
  birthdays: (today: CalendarDay) => Promise<Birthdays[]>
  /** How many birthdays there are on a day, and within a week from it. */
  countBirthdays: (today: CalendarDay) => Promise<{ today: number; week: number }>
  /** The whole picture or its thumbnail, from this device or the server; null where there is none. */
  photo: (path: string, size: 96 | 512) => Promise<Blob | null>

  /** Applies edits at once and sends them when possible; several are one step of undo, of the last 20. */
  change: (changes: Change[]) => Promise<Undo>
  /**
   * @param ids the contacts for which it is to be undone
   * @returns false where nothing is left to undo: what it wrote was changed since
   */
  undo: (undo: Undo, ids: readonly string[]) => Promise<boolean>

  /** Sends once more what the server refused. @param opId the one change; without it, all */
  retryWaiting: (opId?: string) => Promise<void>

  loadDraft: (contactId: string) => Promise<Draft | null>
  /** @returns false where another account than that user's is open: then nothing was kept */
  keepDraft: (userId: string, contactId: string, draft: Draft | null) => Promise<boolean>

  setPreferences: (patch: PreferencesPatch) => Promise<void>
  /** Goes to the server; a status of 0 when it cannot be reached. */
  call: (call: ApiCall) => Promise<ApiAnswer>
  /** The data of each event of a stream, until it ends or `stop` resolves. */
  events: (
    path: string,
    listener: (event: { event: string; data: unknown }) => void,
  ) => Promise<void>

  /** Asks for changes now, and sends what waits. */
  syncNow: () => Promise<void>
  /** Whether this tab is in sight: one in sight listens to events. */
  setVisible: (isVisible: boolean) => Promise<void>
  storageUse: () => Promise<StorageUse>
  /** Drops the copy of the book, not the outbox and the drafts, and reads it anew. */
  downloadAgain: () => Promise<void>
  unsent: () => Promise<Unsent>
  /**
   * Sends or discards what is on this device alone, ends the session, wipes this device.
   * @returns what cannot be sent, for somebody to decide: nothing was ended then. Null: nobody is logged in any more
   */
  signOut: (unsent: 'send' | 'discard', everywhere: boolean) => Promise<Unsent | null>
}
