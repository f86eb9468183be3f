import { closestMatch } from 'leven'

/** The word that was meant perhaps; none if all are too different. */
export function nearest(word: string, words: readonly string[]): string | undefined {
  return closestMatch(word, words, { maxDistance: Math.max(2, Math.floor(word.length / 3)) })
}
