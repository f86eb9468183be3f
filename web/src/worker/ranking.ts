import { zones } from '@kith/server/book/search-text'
import type { SearchWord } from '@kith/server/book/search-words'
import type { Slot } from './calls.ts'
import { makeCorpus, type Rank } from './corpus.ts'
import type { IndexRow } from './index-row.ts'
import { notFound } from './rank.ts'

type Rows = readonly (IndexRow | null)[]

const lastZone = zones.length - 1
/** The last rank: what only notes have. */
const inNotes = 3 * zones.length - 1

/** Whether a word stands in what the index does not have. */
export type IsNoted = (slot: Slot, word: SearchWord) => boolean

export type Ranks = {
  /** The ranks of all slots; the word that matches worst counts. */
  of: (words: readonly SearchWord[], isNoted: IsNoted | null) => Uint8Array
  /** Whether a slot has one of the texts in the first zones. */
  having: (texts: readonly string[], lastZone: number) => (slot: Slot) => boolean
}

// A new corpus takes longer than to look at so many rows apart.
const maxChanged = 200
// More words hardly change the order.
const maxRankedWords = 6

/** A word that was looked for. */
type Ranked = { texts: readonly string[]; ranks: Uint8Array }

export function createRanks(): (rows: Rows) => Ranks {
  let known: { rows: Rows; rank: Rank } | null = null
  // Those of the last search, most of which the next one has as well.
  let last: Ranked[] = []

  return (rows) => {
    const changed = known ? changedSince(known.rows, rows) : []
    if (!known || changed.length > maxChanged) {
      known = { rows: [...rows], rank: makeCorpus([...rows.keys()], rows) }
      last = []
    }
    const isPatched = changed.length > 0 && changed.length <= maxChanged
    const rank = isPatched ? patched(known.rank, changed, rows) : known.rank
    return ranksIn(rows, rank, (words) => {
      const before = isPatched ? [] : last
      last = words.map(({ texts }) => rankWord(texts, rank, before))
      return last.map(({ ranks }) => ranks)
    })
  }
}

function changedSince(before: Rows, rows: Rows): Slot[] {
  const changed: Slot[] = []
  for (let slot = 0; slot < rows.length; slot++) {
    if (rows[slot] !== before[slot]) changed.push(slot)
  }
  return changed
}

function patched(rank: Rank, changed: readonly Slot[], rows: Rows): Rank {
  const rankChanged = makeCorpus(changed, rows)
  return (texts, lastZone) => {
    const ranks = rankChanged(texts, lastZone)
    const isChanged = new Set(changed)
    for (const [slot, before] of rank(texts, lastZone).entries()) {
      if (!isChanged.has(slot)) ranks[slot] = before
    }
    return ranks
  }
}

function rankWord(texts: readonly string[], rank: Rank, before: readonly Ranked[]): Ranked {
  const same = before.find((one) => one.texts.join('\0') === texts.join('\0'))
  return same ?? { texts, ranks: rank(texts, lastZone) }
}

function ranksIn(
  rows: Rows,
  rank: Rank,
  rankWords: (words: readonly SearchWord[]) => Uint8Array[],
): Ranks {
  return {
    of(words, isNoted) {
      const ranked = rankWords(words)
      const [only] = ranked
      if (only && ranked.length === 1 && !isNoted) return only
      const worst = new Uint8Array(rows.length)
      for (const [number, word] of words.entries()) {
        const ranks = ranked[number]
        for (let slot = 0; slot < worst.length; slot++) {
          let rank = ranks?.[slot] ?? notFound
          if (rank === notFound && isNoted?.(slot, word)) rank = inNotes
          const counts = number < maxRankedWords || rank === notFound
          if (counts) worst[slot] = Math.max(worst[slot] ?? 0, rank)
        }
      }
      return worst
    },
    having(texts, lastZone) {
      const ranks = rank(texts, lastZone)
      return (slot) => ranks[slot] !== notFound
    },
  }
}
