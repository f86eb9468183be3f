import { zoneEnds, zones } from '@kith/server/book/search-text'
import { asWords, type SearchWord } from '@kith/server/book/search-words'
import type { Slot } from './calls.ts'
import { makeCorpus, type Find } from './corpus.ts'
import type { IndexRow } from './index-row.ts'

type Rows = readonly (IndexRow | null)[]

/** The rank of a slot that has not all words. */
export const notFound = 255

/** The last rank: what only notes have. */
const inNotes = 3 * zones.length - 1

export type Ranks = {
  /**
   * The ranks of all slots, as on the server: whole words before starts of words before what is inside of
   * them, each by the parts of the text; the word that matches worst counts.
   */
  of: (
    words: readonly SearchWord[],
    isNoted: (slot: Slot, word: SearchWord) => boolean,
  ) => Uint8Array
  /** Which slots have one of the texts in the first zones. */
  having: (texts: readonly string[], lastZone: number) => Uint8Array
}

// A new corpus takes longer than to look at so many rows apart.
const maxChanged = 200
// More words hardly change the order.
const maxRankedWords = 6
// So many texts are ranked sooner by looking through all of them than each by itself.
const manyHits = 8_000
// Longer words are expected to be in fewer.
const shortWord = 2

/** A word that was looked for, and the slots that have it. */
type Ranked = { texts: readonly string[]; ranks: Uint8Array; hits: readonly Slot[] }

export function createRanks(): (rows: Rows) => Ranks {
  let known: { rows: Rows; find: Find } | null = null
  // Those of the last search, most of which the next one has as well, or longer.
  let last: Ranked[] = []

  return (rows) => {
    const changed = known ? changedSince(known.rows, rows) : []
    if (!known || changed.length > maxChanged) {
      known = { rows: [...rows], find: makeCorpus(rows.keys(), rows) }
      last = []
    }
    const isPatched = changed.length > 0 && changed.length <= maxChanged
    const find = isPatched ? patched(known.find, changed, rows) : known.find
    return ranksIn(rows, find, (words) => {
      const before = isPatched ? [] : last
      last = words.map(({ texts }) => rankWord(texts, rows, find, before))
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

function patched(find: Find, changed: readonly Slot[], rows: Rows): Find {
  const isChanged = new Set(changed)
  const findChanged = makeCorpus(changed, rows)
  return (wanted, onFound, isPassed) => {
    find(
      wanted,
      (slot, zone) => {
        if (!isChanged.has(slot)) onFound(slot, zone)
      },
      isPassed,
    )
    findChanged(wanted, onFound, isPassed)
  }
}

function rankWord(
  texts: readonly string[],
  rows: Rows,
  find: Find,
  before: readonly Ranked[],
): Ranked {
  const same = before.find((one) => one.texts.join('\0') === texts.join('\0'))
  if (same) return same
  // Whatever has the longer word has the shorter one.
  const wider = before.find((one) => texts.every((text) => one.texts.some((o) => text.includes(o))))
  const kinds = [asWords(texts, 'exact'), asWords(texts, 'prefix'), texts]
  const isShort = texts.some(({ length }) => length <= shortWord)
  const isCommon = wider ? wider.hits.length > manyHits : isShort
  const ranks = isCommon ? rankAll(kinds, rows, find) : rankEach(kinds, rows, find, wider?.hits)
  const hits: Slot[] = []
  for (let slot = 0; slot < ranks.length; slot++) if (ranks[slot] !== notFound) hits.push(slot)
  return { texts, ranks, hits }
}

/** Looks through all texts for each kind, but those that have a better one. */
function rankAll(kinds: readonly (readonly string[])[], rows: Rows, find: Find): Uint8Array {
  const ranks = new Uint8Array(rows.length).fill(notFound)
  for (const [kind, wanted] of kinds.entries()) {
    const worst = kind * zones.length
    const isBetter = ranks.map((rank) => (rank < worst ? 1 : 0))
    for (const text of wanted) {
      find(
        text,
        (slot, zone) => (ranks[slot] = Math.min(ranks[slot] ?? notFound, worst + zone)),
        isBetter,
      )
    }
  }
  return ranks
}

/** Ranks those that have one of the texts, each by itself. */
function rankEach(
  kinds: readonly (readonly string[])[],
  rows: Rows,
  find: Find,
  candidates: readonly Slot[] | undefined,
): Uint8Array {
  const ranks = new Uint8Array(rows.length).fill(notFound)
  const rank = (slot: Slot) => (ranks[slot] = rankOf(rows[slot], kinds))
  if (candidates) for (const slot of candidates) rank(slot)
  else for (const text of kinds.at(-1) ?? []) find(text, rank)
  return ranks
}

function ranksIn(
  rows: Rows,
  find: Find,
  rankWords: (words: readonly SearchWord[]) => Uint8Array[],
): Ranks {
  return {
    of(words, isNoted) {
      const worst = new Uint8Array(rows.length)
      const ranked = rankWords(words)
      for (const [number, word] of words.entries()) {
        const ranks = ranked[number]
        for (let slot = 0; slot < worst.length; slot++) {
          let rank = ranks?.[slot] ?? notFound
          if (rank === notFound && isNoted(slot, word)) rank = inNotes
          const counts = number < maxRankedWords || rank === notFound
          if (counts) worst[slot] = Math.max(worst[slot] ?? 0, rank)
        }
      }
      return worst
    },
    having(texts, lastZone) {
      const found = new Uint8Array(rows.length)
      for (const text of texts) {
        find(text, (slot, zone) => {
          if (zone <= lastZone) found[slot] = 1
        })
      }
      return found
    },
  }
}

function rankOf(row: IndexRow | null | undefined, kinds: readonly (readonly string[])[]): number {
  const text = row?.search ?? ''
  for (const [kind, wanted] of kinds.entries()) {
    const places = wanted.map((one) => text.indexOf(one)).filter((place) => place >= 0)
    if (places.length > 0) return kind * zones.length + zoneOf(text, Math.min(...places))
  }
  return notFound
}

/** Which part of a text a place is in. */
function zoneOf(text: string, place: number): number {
  const zone = zones.findIndex((one) => zoneEnds[one] !== '' && place < text.indexOf(zoneEnds[one]))
  return zone < 0 ? zones.length - 1 : zone
}
