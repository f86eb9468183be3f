import { changesSince, type Changes } from '../changes/changes.ts'
import { fromToken, toToken, type Position } from '../changes/position.ts'
import type { OpenDatabase } from '../db/database.ts'
import { AppError } from '../errors.ts'
import { createPace } from '../pace.ts'
import type { TraitsReader } from './likeness/traits.ts'
import type { BookState } from './store/book-queries.ts'
import { traitsOfRow, type KnownTraits } from './traits-of.ts'

/** Some changes of a book. */
export type Step = {
  /** How far the book has been looked at before; undefined if it never was. */
  before: BookState | undefined
  after: BookState
  /** The traits of contacts that are new or changed. */
  changed: KnownTraits
  /** The ids of those that are gone. */
  gone: string[]
  /** Whether all that is known of the book is to be forgotten first. */
  isAnew: boolean
  /** Whether none of them was looked at before: the book is being read for the first time. */
  areNew: boolean
  hasMore: boolean
}

/** By what contacts of a book are compared. */
export type Rules = { name: string; traitsOf: TraitsReader }

type Reading = Pick<OpenDatabase, 'read' | 'write'>

// Contacts at once: enough to share what a transaction costs, few enough for memory to stay flat.
const batchSize = 2_000
const options = { limit: batchSize, view: 'person' } as const

/**
 * What has changed in a book since it was last looked at, step by step. While the database is busy with one,
 * the next is read. Begins anew where the rules are others, or the position is not good any more.
 */
export async function* changesOfBook(
  database: Reading,
  ownerId: string,
  state: BookState | undefined,
  rules: Rules,
): AsyncGenerator<Step> {
  const position = state?.rules === rules.name ? (state.position ?? '') : ''
  const first = await readSince(database, ownerId, fromToken(position))
  let step: Step | undefined = await stepOf(state, first.changes, rules, first.isAnew)
  let { next: since } = first.changes
  while (step) {
    const { after, hasMore }: Step = step
    const next: Promise<[Step, Position]> | undefined = hasMore
      ? readNext(database, ownerId, after, since, rules)
      : undefined
    // Whoever stops reading has no use for its failure.
    next?.catch(() => {})
    yield step
    step = undefined
    if (next) [step, since] = await next
  }
}

async function readSince(database: Reading, ownerId: string, since: Position | undefined) {
  try {
    if (since) {
      return { changes: await changesSince(database, ownerId, since, options), isAnew: false }
    }
  } catch (error) {
    if (!(error instanceof AppError) || error.kind !== 'gone') throw error
  }
  return { changes: await changesSince(database, ownerId, null, options), isAnew: true }
}

async function readNext(
  database: Reading,
  ownerId: string,
  before: BookState,
  since: Position,
  rules: Rules,
): Promise<[Step, Position]> {
  const changes = await changesSince(database, ownerId, since, options)
  return [await stepOf(before, changes, rules, false), changes.next]
}

async function stepOf(
  before: BookState | undefined,
  { rows, next, hasMore }: Changes<'person'>,
  { name, traitsOf }: Rules,
  isAnew: boolean,
): Promise<Step> {
  const pace = createPace()
  const changed: KnownTraits = new Map()
  for (const row of rows) {
    if (row.kind === 'contact') changed.set(row.id, traitsOfRow(row, traitsOf))
    const turn = pace()
    if (turn) await turn
  }
  const gone = rows.flatMap((row) => (row.kind === 'removed' ? row.changed_id : []))
  const after = { position: toToken(next), rules: name }
  return { before, after, changed, gone, isAnew, areNew: next.start > 0, hasMore }
}
