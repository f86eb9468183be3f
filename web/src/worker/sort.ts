import { fold } from '@kith/server/book/fold'
import type { Head, Slot, Sort } from './calls.ts'
import { behindLetters, type IndexRow } from './index-row.ts'

type Rows = readonly (IndexRow | null | undefined)[]

/** How the contacts of a book are ordered in a language. */
export type Order = {
  /** Negative where the first of two slots comes before the other; equal ones are ordered by their slots. */
  compare: (one: Slot, other: Slot) => number
  /** The letter above the run of rows that this one belongs to. */
  letter: (slot: Slot) => string
}

export function orderBy(sort: Sort, rows: Rows, languageOrder: LanguageOrder): Order {
  if (sort === 'changed') {
    const changed = (slot: Slot) => rows[slot]?.changed ?? 0
    return {
      compare: (one, other) => changed(other) - changed(one) || one - other,
      letter: () => '',
    }
  }
  const field = sort === 'first_name' ? 'firstKey' : 'lastKey'
  const key = (slot: Slot) => rows[slot]?.[field] ?? behindLetters
  const { compare, letterOf } = languageOrder
  return {
    compare: (one, other) => compare(key(one), key(other)) || one - other,
    letter: (slot) => letterOf(key(slot)),
  }
}

export type LanguageOrder = {
  compare: (one: string, other: string) => number
  letterOf: (key: string) => string
}

/** The order of a language, and the letters under which it lists names. */
export function languageOrder(language: string): LanguageOrder {
  const { compare } = new Intl.Collator(language)
  const { compare: compareLetters } = new Intl.Collator(language, { sensitivity: 'base' })
  // By the first unit of a key.
  const known: (string | undefined)[] = []

  /** The letter as folded, or as it is where the language has it as one of its own: Й is no И. */
  function letter(first: string): string {
    if (first === behindLetters) return '#'
    const folded = fold(first)
    const isOwn = folded === '' || compareLetters(first, folded) !== 0
    return Array.from(isOwn ? first : folded)[0]?.toLocaleUpperCase(language) ?? '#'
  }

  return {
    compare,
    letterOf(key) {
      const unit = key.charCodeAt(0)
      const isWhole = (unit & 0xf800) !== 0xd800
      if (!isWhole) return letter(String.fromCodePoint(key.codePointAt(0) ?? unit))
      return (known[unit] ??= letter(String.fromCharCode(unit)))
    },
  }
}

export function sortSlots(slots: Iterable<Slot>, { compare }: Order): Uint32Array {
  return Uint32Array.from(Array.from(slots).sort(compare))
}

/**
 * The order after a change.
 * @param changed slots whose places are no longer known
 * @param members those of them that are still there
 */
export function reorder(
  before: Uint32Array,
  changed: ReadonlySet<Slot>,
  members: Iterable<Slot>,
  order: Order,
): Uint32Array {
  const kept = before.filter((slot) => !changed.has(slot))
  const added = sortSlots(members, order)
  const merged = new Uint32Array(kept.length + added.length)
  // From the end, where a new contact's place is found by halving what is left.
  let [end, at] = [kept.length, merged.length]
  for (let next = added.length - 1; next >= 0; next--) {
    const slot = added[next] ?? 0
    const place = placeOf(slot, kept, end, order)
    merged.set(kept.subarray(place, end), at - (end - place))
    at -= end - place
    merged[--at] = slot
    end = place
  }
  merged.set(kept.subarray(0, end))
  return merged
}

/** Where a slot belongs among the first of an order. */
function placeOf(slot: Slot, sorted: Uint32Array, end: number, { compare }: Order): number {
  let [low, high] = [0, end]
  while (low < high) {
    const middle = (low + high) >>> 1
    if (compare(sorted[middle] ?? 0, slot) < 0) low = middle + 1
    else high = middle
  }
  return low
}

/** Where each letter begins in an order. */
export function headsOf(slots: Uint32Array, { letter }: Order): Head[] {
  const heads: Head[] = []
  let last = ''
  for (let at = 0; at < slots.length; at++) {
    const found = letter(slots[at] ?? 0)
    if (found === last) continue
    heads.push({ letter: found, at })
    last = found
  }
  return heads
}
