import { zones } from '../../book/search-text.ts'
import { asWords, type SearchWord } from '../../book/search-words.ts'
import { hasAny, hasAnyBefore, type Add } from './text-conditions.ts'

// More words hardly change the order, and each costs.
const maxRankedWords = 6

/** The SQL of a hit's place: the rank of the word that matches worst, as a letter, then the order of the list. */
export function relevance(words: readonly SearchWord[], isInNotes: boolean, add: Add): string {
  const ranks = words.slice(0, maxRankedWords).map((word) => rankOf(word, isInNotes, add))
  return `chr(97 + greatest(${ranks.join(', ')})) || sort_key`
}

/** The condition that all ranked words begin a word of the search text: such hits come before the others. */
export function startsWords(words: readonly SearchWord[], add: Add): string {
  const starts = words
    .slice(0, maxRankedWords)
    .map(({ texts }) => hasAny('search', asWords(texts, 'prefix'), add))
  return `(${starts.join(' and ')})`
}

/**
 * Whole words before starts of words before what is inside of them, each by the parts of the text. A common text
 * is inside of many words, which are asked as little as possible.
 */
function rankOf({ texts }: SearchWord, isInNotes: boolean, add: Add): string {
  const [exact, prefix] = [asWords(texts, 'exact'), asWords(texts, 'prefix')]
  const starts = `case when ${hasAny('search', exact, add)} then ${zoneOf(exact, add)}
      else ${zones.length} + ${zoneOf(prefix, add)} end`
  const inside = `${2 * zones.length} + ${zoneOf(texts, add)}`
  const elsewhere = 3 * zones.length - 1
  return `case when ${hasAny('search', prefix, add)} then ${starts}
      ${isInNotes ? `when not ${hasAny('search', texts, add)} then ${elsewhere}` : ''}
      else ${inside} end`
}

/** The first part of the search text with one of the texts, of which it has one. */
function zoneOf(texts: readonly string[], add: Add): string {
  return `case when ${hasAnyBefore('company', texts, add)}
      then case when ${hasAnyBefore('names', texts, add)} then 0 else 1 end
      else case when ${hasAnyBefore('emails', texts, add)} then 2 else 3 end end`
}
