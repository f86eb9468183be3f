import { deleteDB, openDB, type DBSchema, type IDBPDatabase, type IDBPTransaction } from 'idb'
import type { Contact, Draft, Label, Slot, User } from './calls.ts'
import type { StoredConflict } from './conflicts.ts'
import type { IndexRow } from './index-row.ts'
import type { Entry } from './outbox.ts'

/** With another number the copy of the book is dropped and read again; what was typed here stays. */
const schema = 1

/** How many slots share a value of `index`, and of `contacts`: single writes would take 8 times as long. */
export const slotsInIndexBlock = 2_000
export const slotsInContactBlock = 250

/** As long as an id: of a slot without a contact. */
export const noId = ' '.repeat(36)

/** The rows of a block, by column: keys are stored once. Slots without a contact have null. */
export type IndexBlock = { [Column in keyof IndexRow]: (IndexRow[Column] | null)[] }

/**
 * What one write changed, for other tabs: contacts by their slots, changes that wait by their `seq`. Null, and no
 * `seqs`, from a tab of an older version: everything.
 */
export type Logged = { version: number; slots: Slot[] | null; seqs?: number[] }

/** The state of the copy: one more with every write, so that a tab knows what it has missed. */
export type Head = { version: number; nextSlot: number; log: Logged[] }

export type StoredPhoto = { path: string; blob: Blob; seenAt: number }

export interface Tables extends DBSchema {
  /** By name; see {@link Meta}. */
  meta: { key: string; value: unknown }
  index: { key: number; value: IndexBlock }
  /** The ids of a block of the index as one text, so that one of 50,000 is found without the index. */
  ids: { key: number; value: string }
  contacts: { key: number; value: (Contact | null)[] }
  labels: { key: string; value: Label }
  conflicts: { key: string; value: StoredConflict }
  outbox: { key: number; value: Entry }
  drafts: { key: string; value: Draft }
  photos: { key: string; value: StoredPhoto; indexes: { seenAt: number } }
}

export type BookDatabase = IDBPDatabase<Tables>

/** What a write of the book may touch. */
export const bookStores = [
  'meta',
  'index',
  'ids',
  'contacts',
  'labels',
  'conflicts',
  'outbox',
] as const
export type BookReading = IDBPTransaction<Tables, typeof bookStores>
export type BookTransaction = IDBPTransaction<Tables, typeof bookStores, 'readwrite'>

/** Opens the copy of an account's book. */
export function openBookDatabase(userId: string): Promise<BookDatabase> {
  return openDB<Tables>(nameOf(userId), schema, {
    upgrade(database, oldVersion) {
      if (oldVersion > 0) dropCopy(database)
      else {
        database.createObjectStore('outbox', { keyPath: 'seq' })
        database.createObjectStore('drafts', { keyPath: 'contactId' })
        database.createObjectStore('conflicts', { keyPath: 'contactId' })
      }
      database.createObjectStore('meta')
      database.createObjectStore('index')
      database.createObjectStore('ids')
      database.createObjectStore('contacts')
      database.createObjectStore('labels', { keyPath: 'id' })
      const photos = database.createObjectStore('photos', { keyPath: 'path' })
      photos.createIndex('seenAt', 'seenAt')
    },
    // Another tab wants to delete the database, or has a newer page.
    blocking: (_current, _blocked, event) => (event.target as IDBDatabase).close(),
  })
}

/** The stores of what the server has as well. */
export const copied = ['meta', 'index', 'ids', 'contacts', 'labels', 'photos'] as const

function dropCopy(database: BookDatabase): void {
  for (const name of copied) {
    if (database.objectStoreNames.contains(name)) database.deleteObjectStore(name)
  }
}

export async function deleteBookDatabase(userId: string): Promise<void> {
  await deleteDB(nameOf(userId))
}

function nameOf(userId: string): string {
  return `kith-${userId}`
}

interface DeviceTables extends DBSchema {
  users: { key: 'last'; value: User }
  /** A log-out that has not reached the server: whether it is to be everywhere. */
  logouts: { key: 'last'; value: boolean }
}

/** Opens what this device knows before anybody is logged in: who was the last. */
export function openDeviceDatabase(): Promise<IDBPDatabase<DeviceTables>> {
  return openDB<DeviceTables>('kith', 1, {
    upgrade(database) {
      database.createObjectStore('users')
      database.createObjectStore('logouts')
    },
  })
}
