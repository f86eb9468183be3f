import { isSign, signMark, zoneEnds, zones } from '@kith/server/book/search-text'
import type { Slot } from './calls.ts'
import type { IndexRow } from './index-row.ts'

type Rows = readonly (IndexRow | null | undefined)[]

/**
 * Calls back for each slot that has a text, with the zone in which it first stands.
 * @param isPassed by slot, 1 for those that are passed over
 */
export type Find = (
  wanted: string,
  onFound: (slot: Slot, zone: number) => void,
  isPassed?: Uint8Array,
) => void

// In no search text.
const separator = '\0'
const ends = zones.slice(0, -1).map((zone) => zoneEnds[zone])

/**
 * The search texts of slots as one text: looking for a word in it takes one call for each hit, rather than
 * one for each contact. Those with signs or letters of other scripts are apart: most books have few, and
 * signs stand nowhere else.
 */
export function makeCorpus(slots: Iterable<Slot>, rows: Rows): Find {
  const [plain, others]: [Slot[], Slot[]] = [[], []]
  for (const slot of slots) {
    const text = rows[slot]?.search
    if (text !== undefined) (isPlain.test(text) ? plain : others).push(slot)
  }
  const findInPlain = joined(plain, rows)
  const findInOthers = joined(others, rows)
  return (wanted, onFound, isPassed) => {
    if (!isSign(wanted)) findInPlain(wanted, onFound, isPassed)
    findInOthers(wanted, onFound, isPassed)
  }
}

// Marks and ASCII: a string of it takes an octet for each character.
const isPlain = new RegExp(`^(?!${signMark})[\\0-\\x7f]*$`)

function joined(slots: readonly Slot[], rows: Rows): Find {
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

  return (wanted, onFound, isPassed) => {
    const passesOver = (at: number) => isPassed?.[slots[at] ?? 0] === 1
    let at = 0
    let place = whole.indexOf(wanted)
    while (place >= 0 && at < slots.length) {
      while ((starts[at + 1] ?? Infinity) <= place) at++
      let zone = 0
      while (zone < ends.length && place >= (zoneEndsOfAll[at * ends.length + zone] ?? 0)) zone++
      if (!passesOver(at)) onFound(slots[at] ?? 0, zone)
      at++
      while (at < slots.length && passesOver(at)) at++
      place = whole.indexOf(wanted, starts[at])
    }
  }
}
