import { zones } from '@kith/server/book/search-text'
import { searchWords, type SearchWord } from '@kith/server/book/search-words'
import { comparisonWith, forgivenTypos, typoTexts } from '@kith/server/book/similar'
import type { Slot } from './calls.ts'
import type { IndexRow } from './index-row.ts'
import { notFound } from './rank.ts'
import { createRanks, type IsNoted, type Ranks } from './ranking.ts'

export type Found = { slots: Uint32Array; words: readonly SearchWord[] }

/** The texts of notes, addresses and fields of one's own, by slot. */
export type NotesTexts = ReadonlyMap<Slot, string>

type Rows = readonly (IndexRow | null)[]

/** Finds the contacts of an order that have all words, the best ones first. */
export type Search = (
  query: string,
  slots: Uint32Array,
  rows: Rows,
  notes: NotesTexts | null,
) => Found

// Fewer hits than these are followed by similar ones, as on the server.
const enoughHits = 5
const maxSimilar = 100

export function createSearch(): Search {
  const ranksOf = createRanks()
  return (query, slots, rows, notes) => {
    const words = searchWords(query)
    const ranks = ranksOf(rows)
    const isNoted: IsNoted = (slot, { texts }) => {
      const noted = notes?.get(slot)
      return noted !== undefined && texts.some((text) => noted.includes(text))
    }
    const hits = byRank(ranks.of(words, notes && isNoted), slots)
    const isForgiving = words.some((word) => forgivenTypos(word) > 0)
    if (hits.length >= enoughHits || !isForgiving) return { slots: hits, words }
    const similar = findSimilar({ words, slots, rows, ranks, isNoted })
    return { slots: Uint32Array.from([...hits, ...similar]), words }
  }
}

/** The best hits first, each rank in the order of the list. */
function byRank(ranks: Uint8Array, slots: Uint32Array): Uint32Array {
  const counts = new Uint32Array(notFound + 1)
  for (const slot of slots) {
    const rank = ranks[slot] ?? notFound
    counts[rank] = (counts[rank] ?? 0) + 1
  }
  const next = new Uint32Array(notFound + 1)
  for (let rank = 1; rank <= notFound; rank++) {
    next[rank] = (next[rank - 1] ?? 0) + (counts[rank - 1] ?? 0)
  }
  const hits = new Uint32Array(next[notFound] ?? 0)
  for (const slot of slots) {
    const rank = ranks[slot] ?? notFound
    if (rank === notFound) continue
    const at = next[rank] ?? 0
    hits[at] = slot
    next[rank] = at + 1
  }
  return hits
}

type Searched = {
  words: readonly SearchWord[]
  slots: Uint32Array
  rows: Rows
  ranks: Ranks
  isNoted: IsNoted
}

// Typos are forgiven in names and companies.
const mistypedZone = zones.indexOf('company')

/** Those that have all words with typos, the fewest first. */
function findSimilar({ words, slots, rows, ranks, isNoted }: Searched): Slot[] {
  const likenessTo = comparisonWith(words)
  // A single word that is there as it is written makes a hit.
  const isAlone = words.length === 1
  const candidates = words.map((word) => ({
    word,
    exact: ranks.having(isAlone ? [] : word.texts, zones.length),
    mistyped: ranks.having(typoTexts(word), mistypedZone),
  }))
  const similar: { slot: Slot; typos: number; zone: number }[] = []
  for (const slot of slots) {
    const isCandidate = candidates.every(
      ({ word, exact, mistyped }) => exact(slot) || mistyped(slot) || isNoted(slot, word),
    )
    const text = isCandidate ? rows[slot]?.search : undefined
    if (text === undefined) continue
    const elsewhere = words.map((word) => isNoted(slot, word))
    const likeness = likenessTo(text, elsewhere)
    // Those without a typo are exact hits.
    if (likeness && likeness.typos > 0) similar.push({ slot, ...likeness })
  }
  const sorted = similar.sort((one, other) => one.typos - other.typos || one.zone - other.zone)
  return sorted.slice(0, maxSimilar).map(({ slot }) => slot)
}
