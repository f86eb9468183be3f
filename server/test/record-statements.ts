import type { Ask } from '../src/db/ask.ts'
import type { OpenDatabase } from '../src/db/database.ts'

/** By their texts, the values with which each statement was asked the first time. */
export type Statements = Map<string, unknown[]>

type Query = (...given: unknown[]) => unknown

/** The same database, which notes in `statements` what it is asked from now on. */
export function recordStatements(database: OpenDatabase, statements: Statements): OpenDatabase {
  const note = (text: unknown, values: unknown) => {
    if (typeof text !== 'string' || statements.has(text)) return
    statements.set(text, Array.isArray(values) ? values : [])
  }
  const recorded =
    (ask: Ask): Ask =>
    (text, values) => {
      note(text, values)
      return ask(text, values)
    }
  // Transactions, ours and those of Kysely, go through the connections of the pool.
  database.pool.on('connect', (client) => {
    const query = client.query.bind(client) as Query
    const watched: Query = (...given) => {
      note(given[0], given[1])
      return query(...given)
    }
    Object.assign(client, { query: watched })
  })
  return { ...database, read: recorded(database.read), write: recorded(database.write) }
}
