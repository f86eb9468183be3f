import { fold } from '@kith/server/book/fold'
import { digitsOf, looksDialled, phoneForms } from '@kith/server/book/phone-number'
import { marks } from '@kith/server/book/search-text'
import type { SearchWord } from '@kith/server/book/search-words'
import type { Hit, Slot } from './calls.ts'
import type { IndexRow } from './index-row.ts'
import type { Found } from './search.ts'

// Nobody scrolls further through what was found.
const maxHits = 200

/** Of contacts that were found by what their rows do not show: what that is. */
export function hitsOf(
  query: string,
  { slots, words }: Found,
  rows: readonly (IndexRow | null)[],
): Hit[] {
  const folded = fold(query)
  const numbers = looksDialled(folded) ? phoneForms(folded) : []
  const hits: Hit[] = []
  for (const slot of slots.subarray(0, maxHits)) {
    const row = rows[slot]
    const hit = row && hitOf(slot, row, words, numbers)
    if (hit) hits.push(hit)
  }
  return hits
}

/** @param numbers the forms of the number that all words are together, if they are one */
function hitOf(
  slot: Slot,
  row: IndexRow,
  words: readonly SearchWord[],
  numbers: readonly string[],
): Hit | null {
  const shown = fold(`${row.title} ${row.subtitle}`)
  const hidden = words.filter(({ spellings }) => !spellings.some((text) => shown.includes(text)))
  if (hidden.length === 0) return null
  const values = row.values.split('\n')
  for (const text of numbers.length > 0 ? values : []) {
    const marked = markOfNumber(text, numbers)
    if (marked) return { slot, text, marked }
  }
  for (const { word, texts } of hidden) {
    for (const text of values) {
      const marked = markIn(text, word, texts)
      if (marked) return { slot, text, marked }
    }
  }
  return null
}

/** Where a value has a word, as it was typed or in its digits. */
function markIn(value: string, word: string, texts: readonly string[]): Hit['marked'] | null {
  const at = fold(value).indexOf(word)
  // Where folding changes the length, the mark is where it would be.
  if (at >= 0) return [at, Math.min(value.length, at + word.length)]
  const isNumber = (text: string) => text.startsWith(marks.phone) || digitsOf(text) === text
  return markOfNumber(value, texts.filter(isNumber).map(digitsOf))
}

/** Where a value has all digits of one of the numbers, with the `+` before them. */
function markOfNumber(value: string, numbers: readonly string[]): Hit['marked'] | null {
  const digits = digitsOf(value)
  // A number typed with its country's code is found in one without, and the other way round.
  for (const form of numbers.flatMap((number) => [number, number.replace(/^0+/, '')])) {
    const place = form.length > 1 ? digits.indexOf(form) : -1
    if (place < 0) continue
    const start = nthDigit(value, place)
    const end = nthDigit(value, place + form.length - 1) + 1
    return [value[start - 1] === '+' ? start - 1 : start, end]
  }
  return null
}

function nthDigit(text: string, wanted: number): number {
  let count = 0
  for (let at = 0; at < text.length; at++) {
    if (/\d/.test(text[at] ?? '') && count++ === wanted) return at
  }
  return text.length
}
