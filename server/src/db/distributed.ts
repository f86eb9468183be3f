import type { Ask, AskOne } from './ask.ts'
import { runSteps } from './run-steps.ts'

/** Whether the tables of owners are spread over several servers by Citus. */
export type Layout = {
  /** Undefined until somebody has looked. */
  known: () => boolean | undefined
  isDistributed: () => Promise<boolean>
}

/**
 * Looks once where nothing is given: a process that runs while the tables are distributed writes as
 * before until its next start.
 */
export function createLayout(ask: AskOne, given: boolean | undefined): Layout {
  let known = given
  return {
    known: () => known,
    isDistributed: async () => (known ??= await isDistributed(ask)),
  }
}

/** The same by the catalogue of the database. */
export async function isDistributed(ask: AskOne): Promise<boolean> {
  // Without the extension there is no such table to ask.
  const [extension] = await ask(`select from pg_extension where extname = 'citus'`, [])
  if (!extension) return false
  const [table] = await ask(
    `select from pg_dist_partition where logicalrelid = to_regclass('owners')`,
    [],
  )
  return table !== undefined
}

/**
 * Asks for writes of several steps as well.
 * @param inTransaction runs the steps where each is a statement of its own
 */
export function askingIn(
  layout: Layout,
  ask: AskOne,
  inTransaction: <T>(work: (ask: AskOne) => Promise<T>) => Promise<T>,
): Ask {
  return (statement, values) => {
    if (typeof statement === 'string') return ask(statement, values)
    if (layout.known() === false) return ask(statement.statement, values)
    return (async () => {
      if (!(await layout.isDistributed())) return ask(statement.statement, values)
      return inTransaction((askOne) => runSteps(askOne, statement, values))
    })()
  }
}
