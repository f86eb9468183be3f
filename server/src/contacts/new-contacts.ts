import type { OpenDatabase } from '../db/database.ts'
import { refreshStatistics } from '../db/table-statistics.ts'
import type { Logger } from '../log.ts'

const lookEvery = 100
const filledTables = ['contacts', 'contact_cards']

/** The contacts that come by other ways than an import. */
export type NewContacts = AsyncDisposable & {
  /** So many more have come. */
  note(more: number): void
}

/**
 * Has PostgreSQL count again while a phone or a program sends its contacts, as soon as a hundred more have come: until it
 * does so by itself, the statements that were planned for an empty book read all of it for each contact.
 */
export function createNewContacts(
  database: Pick<OpenDatabase, 'write' | 'isDistributed'>,
  log: Logger,
): NewContacts {
  let count = 0
  let looking: Promise<void> | undefined

  async function look() {
    const added = count
    count = 0
    try {
      await refreshStatistics(database, filledTables, added)
    } catch (error) {
      log.warn({ err: error }, 'the statistics of contacts were not refreshed')
    } finally {
      looking = undefined
    }
  }

  return {
    note(more) {
      count += more
      if (count >= lookEvery) looking ??= look()
    },
    async [Symbol.asyncDispose]() {
      await looking
    },
  }
}
