import { hasLatinKey, latinKeyMark, zoneEnds, zones } from '@kith/server/book/search-text'
import type { Slot } from './calls.ts'
import type { IndexRow } from './index-row.ts'
import { rankLetters } from './letter-ranks.ts'
import { createPlaces } from './places.ts'
import { notFound, rankOf, space } from './rank.ts'

type Rows = readonly (IndexRow | null | undefined)[]

/**
 * Ranks all slots by where they have one of the texts, as the server does: whole words before starts of words before
 * what is inside of them, each by the zone.
 * @param lastZone what stands behind this zone does not count
 */
export type Rank = (texts: readonly string[], lastZone: number) => Uint8Array

// In no search text.
const separator = '\0'
const ends = zones.slice(0, -1).map((zone) => zoneEnds[zone])

/**
 * The search texts of slots as one text, in which a word is looked for at once. Those with Latin keys or letters of other
 * scripts are apart: most books have few, and such keys stand nowhere else.
 */
export function makeCorpus(slots: Iterable<Slot>, rows: Rows): Rank {
  const [plain, others]: [Slot[], Slot[]] = [[], []]
  for (const slot of slots) {
    const text = rows[slot]?.search
    if (text !== undefined) (isPlain.test(text) ? plain : others).push(slot)
  }
  const rankPlain = joined(plain, rows)
  const rankOthers = joined(others, rows)
  return (texts, lastZone) => {
    const ranks = new Uint8Array(rows.length).fill(notFound)
    for (const text of texts) {
      if (!hasLatinKey(text)) rankPlain(text, lastZone, ranks)
      rankOthers(text, lastZone, ranks)
    }
    return ranks
  }
}

// Marks and ASCII: a string of it takes an octet for each character.
const isPlain = new RegExp(`^(?!${latinKeyMark})[\\0-\\x7f]*$`)

function joined(slots: readonly Slot[], rows: Rows) {
  const texts = slots.map((slot) => rows[slot]?.search ?? '')
  const starts = new Uint32Array(slots.length + 1)
  const zoneEndsOfAll = new Uint32Array(slots.length * ends.length)
  let start = 0
  for (const [at, text] of texts.entries()) {
    starts[at] = start
    let end = 0
    for (const [zone, mark] of ends.entries()) {
      end = text.indexOf(mark, end)
      zoneEndsOfAll[at * ends.length + zone] = start + end
    }
    start += text.length + separator.length
  }
  starts[slots.length] = start
  const whole = texts.join(separator)
  const placesOf = createPlaces(whole)
  const letterRanks = rankLetters(texts)

  function rankAt(at: number, place: number, wanted: string): number {
    let zone = 0
    while (zone < ends.length && place >= (zoneEndsOfAll[at * ends.length + zone] ?? 0)) zone++
    const isStart = wanted.charCodeAt(0) <= space || whole.charCodeAt(place - 1) === space
    const isWhole = isStart && whole.charCodeAt(place + wanted.length) === space
    return rankOf(isStart, isWhole, zone)
  }

  function note(ranks: Uint8Array, at: number, rank: number) {
    const slot = slots[at] ?? 0
    if (rank < (ranks[slot] ?? notFound)) ranks[slot] = rank
  }

  return (wanted: string, lastZone: number, ranks: Uint8Array) => {
    const ofLetter = lastZone === zones.length - 1 ? letterRanks(wanted) : undefined
    if (ofLetter) {
      for (const [at, rank] of ofLetter.entries()) note(ranks, at, rank)
      return
    }
    let at = 0
    for (const place of placesOf(wanted)) {
      while ((starts[at + 1] ?? Infinity) <= place) at++
      const rank = rankAt(at, place, wanted)
      if (rank % zones.length <= lastZone) note(ranks, at, rank)
    }
  }
}
