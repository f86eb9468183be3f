import { isSign, signMark, zoneEnds, zones } from '@kith/server/book/search-text'
import { asWords, searchWords, type SearchWord } from '@kith/server/book/search-words'
import { comparisonWith, forgivenTypos, typoTexts } from '@kith/server/book/similar'
import type { Slot } from './calls.ts'
import type { IndexRow } from './index-row.ts'

export type Found = { slots: Uint32Array; words: readonly SearchWord[] }

/** The texts of notes, addresses and fields of one's own, by slot. */
export type NotesTexts = ReadonlyMap<Slot, string>

/** Searches an order of contacts. While a query grows, only its last hits are looked at. */
export type Search = (
  query: string,
  slots: Uint32Array,
  rows: readonly (IndexRow | null)[],
  notes: NotesTexts | null,
) => Found

// Fewer hits than these are followed by similar ones, as on the server.
const enoughHits = 5
const maxSimilar = 100
// More words hardly change the order.
const maxRankedWords = 6

export function createSearch(): Search {
  let last: {
    slots: Uint32Array
    notes: NotesTexts | null
    words: SearchWord[]
    hits: Slot[]
  } | null = null
  return (query, slots, rows, notes) => {
    const words = searchWords(query)
    const isNarrower = last?.slots === slots && last.notes === notes && narrows(words, last.words)
    const among: Iterable<Slot> = isNarrower && last ? last.hits : slots
    const longestFirst = words.toSorted((one, other) => other.word.length - one.word.length)
    const hits: Slot[] = []
    for (const slot of among) {
      const text = rows[slot]?.search
      if (text !== undefined && hasAll(longestFirst, text, notes?.get(slot))) hits.push(slot)
    }
    last = { slots, notes, words, hits }
    const ranked = byRank(hits, words, rows)
    const isForgiving = words.some((word) => forgivenTypos(word) > 0)
    const similar =
      hits.length < enoughHits && isForgiving ? findSimilar(words, slots, rows, notes) : []
    return { slots: Uint32Array.from([...ranked, ...similar]), words }
  }
}

/** Whether whatever has these words has those too. */
function narrows(words: readonly SearchWord[], before: readonly SearchWord[]): boolean {
  return before.every((old) =>
    words.some(({ texts }) =>
      texts.every((text) => old.texts.some((shorter) => text.includes(shorter))),
    ),
  )
}

function hasAll(words: readonly SearchWord[], text: string, notes: string | undefined): boolean {
  return words.every(({ texts }) =>
    texts.some((one) => isIn(text, one) || notes?.includes(one) === true),
  )
}

/** Signs of other scripts are only looked for in texts that have some, which most have not. */
function isIn(text: string, wanted: string): boolean {
  if (isSign(wanted) && !text.startsWith(signMark)) return false
  return text.includes(wanted)
}

/** The best hits first, each rank in the order of the list. */
function byRank(
  hits: readonly Slot[],
  words: readonly SearchWord[],
  rows: readonly (IndexRow | null)[],
): Slot[] {
  const ranked: Slot[][] = []
  const kinds = words
    .slice(0, maxRankedWords)
    .map(({ texts }) => [asWords(texts, 'exact'), asWords(texts, 'prefix'), texts])
  for (const slot of hits) {
    const text = rows[slot]?.search ?? ''
    const ends = zoneEndsOf(text)
    let rank = 0
    for (const kind of kinds) rank = Math.max(rank, rankOf(text, ends, kind))
    ;(ranked[rank] ??= []).push(slot)
  }
  return ranked.flat()
}

/** Whole words before starts of words before what is inside of them, each by the parts of the text. */
function rankOf(text: string, ends: readonly number[], kinds: readonly string[][]): number {
  for (const [at, texts] of kinds.entries()) {
    const place = firstPlace(text, texts)
    if (place >= 0) return at * zones.length + zoneAt(place, ends)
  }
  // Only notes have it.
  return kinds.length * zones.length - 1
}

function firstPlace(text: string, texts: readonly string[]): number {
  let first = -1
  for (const one of texts) {
    if (isSign(one) && !text.startsWith(signMark)) continue
    const place = text.indexOf(one)
    if (place >= 0 && (first < 0 || place < first)) first = place
  }
  return first
}

function zoneAt(place: number, ends: readonly number[]): number {
  const zone = ends.findIndex((end) => place < end)
  return zone < 0 ? ends.length : zone
}

function zoneEndsOf(text: string): number[] {
  return zones.slice(0, -1).map((zone) => text.indexOf(zoneEnds[zone]))
}

/** Those that have all words with typos, the fewest first. */
function findSimilar(
  words: readonly SearchWord[],
  slots: Uint32Array,
  rows: readonly (IndexRow | null)[],
  notes: NotesTexts | null,
): Slot[] {
  const likenessTo = comparisonWith(words)
  const wanted = words.map((word) => ({ texts: word.texts, pieces: typoTexts(word) }))
  const similar: { slot: Slot; typos: number; zone: number }[] = []
  for (const slot of slots) {
    const text = rows[slot]?.search
    if (text === undefined) continue
    const noted = notes?.get(slot)
    const elsewhere = wanted.map(({ texts }) => texts.some((one) => noted?.includes(one) === true))
    const mayBe = wanted.every(
      ({ texts, pieces }, at) =>
        elsewhere[at] === true || [...pieces, ...texts].some((one) => isIn(text, one)),
    )
    const likeness = mayBe ? likenessTo(text, elsewhere) : null
    // Those without a typo are exact hits.
    if (likeness && likeness.typos > 0) similar.push({ slot, ...likeness })
  }
  const sorted = similar.sort((one, other) => one.typos - other.typos || one.zone - other.zone)
  return sorted.slice(0, maxSimilar).map(({ slot }) => slot)
}
