import { fromToken } from '../changes/position.ts'
import { findHead, type Head } from '../changes/queries.ts'
import type { Ask } from '../db/ask.ts'
import type { OpenDatabase } from '../db/database.ts'
import { refreshStatistics } from '../db/table-statistics.ts'
import { AppError } from '../errors.ts'
import { createSemaphore } from '../limits/semaphore.ts'
import { createPace } from '../pace.ts'
import { changesOfBook, type Rules } from './changes-of-book.ts'
import { lookAtChanges } from './look-at-changes.ts'
import { regroup } from './regroup.ts'
import { findBookState, lockBookState, type BookState } from './store/book-queries.ts'

/** Keeps what is known of the duplicates in books up to date. */
export type DuplicateFinder = {
  /**
   * Looks at all that has changed in a book since somebody last asked. The first time that is the whole book.
   * @throws AppError `unavailable` where that takes too long for one request; the next one goes on
   */
  catchUp(ownerId: string): Promise<void>
  /** Runs `work` while nobody else changes what is known, and groups the contacts anew that it gives. */
  change(ownerId: string, work: (ask: Ask) => Promise<readonly string[]>): Promise<void>
}

type Finding = Pick<OpenDatabase, 'read' | 'write' | 'transaction' | 'isDistributed'>

/** Where an owner lives, as a code of ISO 3166-1; null where nobody knows. */
export type Regions = {
  chosen(ownerId: string): Promise<string | null>
  guessed(ownerId: string): Promise<string | null>
}

/** To be raised when the same contacts have other keys, or are compared otherwise. */
const rulesVersion = 2

// Each takes a connection and its share of the processor.
const places = { concurrency: 2, maxQueue: 100 }
// What is derived of each contact of a book, and of what it is compared with.
const derivedTables = ['duplicate_keys', 'duplicate_pairs', 'duplicate_groups']

// A client would not wait for longer.
const patienceMs = 20_000

export function createDuplicateFinder(database: Finding, regions: Regions): DuplicateFinder {
  const semaphore = createSemaphore(places)
  const underWay = new Map<string, Promise<void>>()
  const rulesFor = createRules()

  async function lookAtAll(ownerId: string): Promise<void> {
    const start = performance.now()
    while (!(await lookAtChangesOf(ownerId))) {
      if (performance.now() - start > patienceMs) throw stillLooking()
    }
  }

  /** @returns whether all of them were looked at, so that nothing is left */
  async function lookAtChangesOf(ownerId: string): Promise<boolean> {
    const [head, state, chosen] = await Promise.all([
      findHead(database.read, ownerId),
      findBookState(database.read, ownerId),
      regions.chosen(ownerId),
    ])
    const name = await nameOfRules(ownerId, state, chosen)
    if (isUpToDate(head, state, name)) return true
    const rules = await rulesFor(name)
    const start = performance.now()
    for await (const step of changesOfBook(database, ownerId, state, rules)) {
      const look = (ask: Ask) => lookAtChanges(ask, ownerId, rules, step)
      const isDone = await semaphore.run(() => database.transaction(look))
      // Another process looks at the same book.
      if (!isDone) return false
      if (step.isAnew && step.hasMore) {
        await refreshStatistics(database, derivedTables, step.changed.size)
      }
      if (step.hasMore && performance.now() - start > patienceMs) throw stillLooking()
    }
    return true
  }

  /** A guess is kept once it was made: with another one, the whole book would be compared anew. */
  async function nameOfRules(
    ownerId: string,
    state: BookState | undefined,
    chosen: string | null,
  ): Promise<string> {
    if (chosen !== null) return rulesName(chosen)
    if (state && isGuess(state.rules)) return state.rules
    return rulesName(await regions.guessed(ownerId), true)
  }

  return {
    async catchUp(ownerId) {
      // It may have begun before the last change of who asks now.
      await underWay.get(ownerId)?.catch(() => {})
      return underWay.getOrInsertComputed(ownerId, () =>
        lookAtAll(ownerId).finally(() => underWay.delete(ownerId)),
      )
    },
    async change(ownerId, work) {
      await database.transaction(async (ask) => {
        const state = await lockBookState(ask, ownerId, rulesName(null, true))
        const contactIds = await work(ask)
        const { traitsOf } = await rulesFor(state?.rules ?? rulesName(null, true))
        await regroup({ ask, ownerId, traitsOf, pace: createPace() }, new Map(), contactIds)
      })
    },
  }
}

function isUpToDate(head: Head | undefined, state: BookState | undefined, rules: string): boolean {
  // A new account has no book yet.
  if (!head) return true
  const position = state?.position ? fromToken(state.position) : undefined
  return state?.rules === rules && position?.modseq === head.modseq && position.epoch === head.epoch
}

/** The version and the region, and whether the owner has set that. */
function rulesName(region: string | null, isGuessed = false): string {
  return [rulesVersion, region ?? '-', ...(isGuessed ? ['guessed'] : [])].join(' ')
}

function isGuess(rules: string): boolean {
  return rules.startsWith(`${rulesVersion} `) && rules.endsWith(' guessed')
}

function regionIn(rules: string): string | null {
  const [, region = '-'] = rules.split(' ')
  return region === '-' ? null : region
}

/** Makes the rules that were last asked for. The tables that they need are loaded with the first ones. */
function createRules(): (name: string) => Promise<Rules> {
  let last: Rules | undefined
  return async (name) => {
    if (last?.name === name) return last
    const { createTraitsReader } = await import('./likeness/traits.ts')
    last = { name, traitsOf: createTraitsReader(regionIn(name)) }
    return last
  }
}

function stillLooking(): AppError {
  const detail = 'Your contacts are still being compared. Try again soon.'
  return new AppError('unavailable', 'busy', detail, { retryAfterSeconds: 1 })
}
