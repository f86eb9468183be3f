import { fold } from '@kith/server/book/fold'
import { digitsOf } from '@kith/server/book/phone-number'
import { marks } from '@kith/server/book/search-text'
import type { SearchWord } from '@kith/server/book/search-words'
import type { Hit, Slot } from './calls.ts'
import type { IndexRow } from './index-row.ts'

// Nobody scrolls further through what was found.
const maxHits = 200

/** Of contacts that were found by what their rows do not show: what that is. */
export function hitsOf(
  slots: Uint32Array,
  words: readonly SearchWord[],
  rows: readonly (IndexRow | null)[],
): Hit[] {
  const hits: Hit[] = []
  for (const slot of slots.subarray(0, maxHits)) {
    const row = rows[slot]
    const hit = row && hitOf(slot, row, words)
    if (hit) hits.push(hit)
  }
  return hits
}

function hitOf(slot: Slot, row: IndexRow, words: readonly SearchWord[]): Hit | null {
  const shown = fold(`${row.title} ${row.subtitle}`)
  const hidden = words.filter(({ spellings }) => !spellings.some((text) => shown.includes(text)))
  for (const { word, texts } of hidden) {
    for (const text of row.values.split('\n')) {
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
  const digits = digitsOf(value)
  if (digits === '') return null
  for (const text of texts) {
    const wanted = digitsOf(text)
    const isNumber = text.startsWith(marks.phone) || wanted === text
    // A number typed with its country's code is found in one without, and the other way round.
    for (const form of isNumber ? [wanted, wanted.replace(/^0+/, '')] : []) {
      const place = form.length > 1 ? digits.indexOf(form) : -1
      if (place >= 0) return [nthDigit(value, place), nthDigit(value, place + form.length - 1) + 1]
    }
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
