import { fold } from './fold.ts'
import { withoutInnerMarks, withoutUmlauts } from './other-spellings.ts'
import { digitsOf, looksDialled, looksSpelled, phoneForms, withoutLetters } from './phone-number.ts'
import { marks, maxFieldOctets } from './search-text.ts'
import { cutOctets } from './text.ts'
import { latinKey, romanisations } from './transliterate.ts'

/** `like` patterns for the search text, one of which must match. */
export type Alternatives = string[]

/** A word of a search: the folded word, and the texts of which one must stand in the search text. */
export type SearchWord = { word: string; spellings: string[]; texts: string[] }

/** Matches where the field begins with this text; both without case or accents. */
export function startsWithPattern(
  field: 'first_name' | 'last_name' | 'email',
  text: string,
): Alternatives {
  return [containsPattern(`${marks[field]} ${cutOctets(fold(text), maxFieldOctets)}`)]
}

/** For each word of a search its alternatives; a row must match all words. */
export function wordPatterns(query: string): Alternatives[] {
  return searchWords(query).map(({ texts }) => texts.map(containsPattern))
}

/**
 * The words of a search. Digits match however they are typed, here and in the contact: `+49 (0)30 123` finds
 * `030/123`, `030 123` finds `+4930123`. A word with an umlaut also finds the spelling without, one in
 * Cyrillic or Greek the usual Latin ones, and one in Latin what it may be a spelling of.
 */
export function searchWords(query: string): SearchWord[] {
  const folded = fold(query)
  const words = wordsOf(folded)
  const spelled = [withoutUmlauts(query) ?? query, ...romanisations(query)]
    .map((text) => wordsOf(fold(text)))
    // A word of nothing but a soft sign has no Latin letter.
    .filter((others) => others.length === words.length)
  // A number typed in groups is one number, or else the words that it looks like.
  const whole = looksDialled(folded) ? dialled(folded) : null
  const found = words.map((word, at) => {
    const written = [word, ...spelled.map((others) => others[at] ?? word)]
    const spellings = [...new Set(written.flatMap((one) => [one, ...unmarked(one)]))]
    const cut = spellings.map((one) => cutOctets(one, maxFieldOctets))
    const numbers = whole ?? numbersIn(word)
    return { word, spellings, texts: shortest([...cut, ...latinKeysOf(spellings), ...numbers]) }
  })
  return found.filter((_, at) => words.indexOf(words[at] ?? '') === at)
}

// What is left of a shorter one, such as o'n, stands in many words.
const minUnmarked = 4

function unmarked(word: string): string[] {
  const plain = withoutInnerMarks(word)
  return plain.length < minUnmarked ? [] : [plain]
}

function wordsOf(folded: string): string[] {
  return folded.split(' ').filter(Boolean)
}

const isLatinWord = /^[a-z'-]+$/
// A shorter one is only looked for at the start of words: y and j are one sign with i.
const minKeyInside = 4

/** The Latin keys by which a word finds what is written in Cyrillic or Greek. */
function latinKeysOf(spellings: readonly string[]): string[] {
  const latin = spellings.filter((spelling) => isLatinWord.test(spelling))
  return [...new Set(latin.map(latinKey))]
    .map((key) => key.toUpperCase())
    .map((key) => (key.length < minKeyInside ? ` ${key}` : key))
}

function numbersIn(word: string): string[] {
  if (looksDialled(word)) return dialled(word)
  return looksSpelled(word) ? dialled(withoutLetters(word)) : []
}

/** A number with its country's code is found by its start; other digits are found anywhere. */
function dialled(folded: string): string[] {
  const starts = phoneForms(folded).map((form) => `${marks.phone} ${form}`)
  return folded.includes('+') ? starts : [digitsOf(folded), ...starts]
}

/** Leaves out what contains another of the texts, and so is found wherever that one is. */
function shortest(texts: string[]): string[] {
  const distinct = [...new Set(texts)]
  return distinct.filter((text) =>
    distinct.every((other) => other === text || !text.includes(other)),
  )
}

/** What stands in the search text where these texts begin a word of it, or are one. */
export function asWords(texts: readonly string[], match: 'exact' | 'prefix'): string[] {
  return texts.map((text) => {
    const start = startsAtWord.test(text) ? text : ` ${text}`
    return match === 'exact' ? `${start} ` : start
  })
}

const startsAtWord = /^[\p{Cc} ]/u

/** A `like` pattern; `%` and `_` are plain characters for those who search. */
export function containsPattern(text: string): string {
  return `%${text.replaceAll(/[\\%_]/g, String.raw`\$&`)}%`
}
