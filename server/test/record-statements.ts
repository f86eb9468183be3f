import type { Ask } from '../src/db/ask.ts'
import type { OpenDatabase } from '../src/db/database.ts'

/** By their texts, the values with which each statement was asked the first time. */
export type Statements = Map<string, unknown[]>

type Query = (...given: unknown[]) => unknown

/**
 * The same database, which notes in `statements` what it is asked from now on.
 * @param writes where writes of several steps are noted, as one statement each: also where they run step
 *   by step
 */
export function recordStatements(
  database: OpenDatabase,
  statements: Statements,
  writes = statements,
): OpenDatabase {
  const recorded =
    (ask: Ask): Ask =>
    (statement, values) => {
      if (typeof statement === 'string') note(statements, statement, values)
      else note(writes, statement.statement, values)
      return ask(statement, values)
    }
  // Transactions, ours and those of Kysely, go through the connections of the pool.
  database.pool.on('connect', (client) => {
    const query = client.query.bind(client) as Query
    const watched: Query = (...given) => {
      if (typeof given[0] === 'string' && !writes.has(given[0])) {
        note(statements, given[0], given[1])
      }
      return query(...given)
    }
    Object.assign(client, { query: watched })
  })
  return {
    ...database,
    read: recorded(database.read),
    write: recorded(database.write),
    transaction: (work) => database.transaction((ask) => work(recorded(ask))),
  }
}

function note(statements: Statements, text: string, values: unknown) {
  if (!statements.has(text)) statements.set(text, Array.isArray(values) ? values : [])
}
