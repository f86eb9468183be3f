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
// So many hits are ranked sooner by looking through all texts again than each by itself.
const manyHits = 8_000

export function createRanks(): (rows: Rows) => Ranks {
  let known: { rows: Rows; find: Find } | null = null
  return (rows) => {
    const changed = known ? changedSince(known.rows, rows) : []
    if (!known || changed.length > maxChanged) {
      known = { rows: [...rows], find: makeCorpus(rows.keys(), rows) }
      return ranksIn(rows, known.find)
    }
    return ranksIn(rows, changed.length === 0 ? known.find : patched(known.find, changed, rows))
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
  return (wanted, onFound) => {
    find(wanted, (slot, zone) => {
      if (!isChanged.has(slot)) onFound(slot, zone)
    })
    findChanged(wanted, onFound)
  }
}

function ranksIn(rows: Rows, find: Find): Ranks {
  function rankWord({ texts }: SearchWord): Uint8Array {
    const ranks = new Uint8Array(rows.length).fill(notFound)
    const rankAll = (kind: number, wanted: readonly string[]) => {
      for (const text of wanted) {
        find(text, (slot, zone) => {
          ranks[slot] = Math.min(ranks[slot] ?? notFound, kind * zones.length + zone)
        })
      }
    }
    rankAll(2, texts)
    const kinds = [asWords(texts, 'exact'), asWords(texts, 'prefix')]
    const hits: Slot[] = []
    for (let slot = 0; slot < ranks.length; slot++) if (ranks[slot] !== notFound) hits.push(slot)
    if (hits.length > manyHits) for (const [kind, wanted] of kinds.entries()) rankAll(kind, wanted)
    else
      for (const slot of hits) ranks[slot] = Math.min(ranks[slot] ?? 0, rankOf(rows[slot], kinds))
    return ranks
  }

  return {
    of(words, isNoted) {
      const worst = new Uint8Array(rows.length)
      for (const [number, word] of words.entries()) {
        const ranks = rankWord(word)
        for (let slot = 0; slot < worst.length; slot++) {
          let rank = ranks[slot] ?? notFound
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

function rankOf(row: IndexRow | null | undefined, kinds: readonly string[][]): number {
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
