import type { OpenDatabase } from '../db/database.ts'
import { createPace } from '../pace.ts'
import { changesSince, type Changes } from './changes.ts'
import { toToken } from './position.ts'
import { presentChange } from './present.ts'
import { countContacts, type ShownView } from './queries.ts'

/** How many changes a stream reads at a time: more would be no faster, and keep others waiting. */
export const atOnce = 250

/**
 * Changes as lines of JSON, and all that follow them; the last line says where to read on.
 * @param first those that were read already
 */
export async function* changeLines(
  database: Pick<OpenDatabase, 'read' | 'write'>,
  ownerId: string,
  first: Changes<ShownView>,
  view: ShownView,
): AsyncGenerator<string> {
  const pace = createPace()
  for (let changes = first; ;) {
    for (const row of changes.rows) {
      yield lineOf(presentChange(row, view))
      await pace()
    }
    if (!changes.hasMore) {
      const total = await countContacts(database.read, ownerId)
      return yield lineOf({ next: toToken(changes.next), total })
    }
    changes = await changesSince(database, ownerId, changes.next, { limit: atOnce, view })
  }
}

function lineOf(value: object): string {
  return `${JSON.stringify(value)}\n`
}
