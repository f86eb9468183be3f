import { remembered } from '../remembered.ts'
import { cutOctets } from '../text.ts'
import { primaryOf, secondaryOf, tertiaryOf, type Element } from './element.ts'
import { elementsOf } from './elements-of.ts'
import { primaryText } from './primary-text.ts'

/** Stands between the levels of a key, and below all that they hold. */
export const levelSeparator = '\u0001'
/** Stands between the fields of a level. */
export const fieldSeparator = '\u0002'
// Above all that a level holds, also in UTF-16.
const cutMark = '\u{10ffff}'
const cutMarkOctets = 4

/** A text to sort by, and how many octets its letters may take in the key. */
export type SortField = { text: string; maxOctets: number }

/**
 * The sort key of several texts, the first of which counts most (UTS #10, 7.3, and UTS #35, part 5,
 * “U+FFFE”): all their letters, then all their accents, then case and variants. Keys compare, by their
 * octets and in JavaScript, as `Intl.Collator` compares the texts in the root order. Of a text that is
 * too long, only the beginning counts.
 */
export function collationKey(fields: readonly SortField[], maxOctets: number): string {
  // Hardly any character takes less than an octet, and a card may hold a name of a megabyte.
  const levels = fields.map(({ text, maxOctets }) => levelsOf(text.slice(0, 2 * maxOctets)))
  const letters = fields.map(({ maxOctets }, at) =>
    cutLetters(levels[at]?.letters ?? '', maxOctets),
  )
  const accents = levels.map((level) => level.accents)
  const variants = levels.map((level) => level.variants)
  const joined = [letters, accents, variants].map((level) => level.join(fieldSeparator))
  return cutOctets(withoutTrailingSeparators(joined.join(levelSeparator)), maxOctets)
}

const levelsOf = remembered((text) => {
  const elements = elementsOf(text)
  return {
    letters: lettersText(elements),
    accents: weightsText(elements.map(secondaryOf)),
    variants: weightsText(elements.map(tertiaryOf)),
  }
})

function lettersText(elements: readonly Element[]): string {
  let text = ''
  for (const element of elements)
    if (primaryOf(element) > 0) text += primaryText(primaryOf(element))
  return text
}

function cutLetters(text: string, maxOctets: number): string {
  const cut = cutOctets(text, maxOctets)
  return cut === text ? text : cutOctets(text, maxOctets - cutMarkOctets) + cutMark
}

/** A key that ends where another goes on is the lesser one, as it is with the separators. */
function withoutTrailingSeparators(key: string): string {
  let end = key.length
  while (end > 0 && key.charAt(end - 1) <= fieldSeparator) end--
  return key.slice(0, end)
}

// Lengths of runs come before weights, the longest first, since 0 is the least of the weights.
const firstRun = 0x20
const longestRun = 0x20
const firstWeight = 0x40

/**
 * Secondary or tertiary weights: each run of zeros as its length, without the last one. Nearly all are
 * zeros, so most names take nothing.
 */
function weightsText(weights: readonly number[]): string {
  let text = ''
  let zeros = 0
  for (const weight of weights) {
    if (weight === 0) {
      zeros++
    } else {
      text += runText(zeros) + String.fromCharCode(firstWeight + weight)
      zeros = 0
    }
  }
  return text
}

function runText(zeros: number): string {
  const whole = Math.floor(zeros / longestRun)
  const rest = zeros % longestRun
  const text = String.fromCharCode(firstRun).repeat(whole)
  return rest === 0 ? text : text + String.fromCharCode(firstRun + longestRun - rest)
}
