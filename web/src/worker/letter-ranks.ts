import { zoneEnds } from '@kith/server/book/search-text'
import { notFound, rankOf, space } from './rank.ts'

const letters = 'abcdefghijklmnopqrstuvwxyz0123456789'
const ends = Object.values(zoneEnds)

/**
 * The ranks of each letter and digit in each of the texts. A search begins with one, most texts have it many times,
 * and its answer would be the slowest; `undefined` for whatever else is looked for.
 */
export function rankLetters(texts: readonly string[]): (wanted: string) => Uint8Array | undefined {
  const ofCode: (Uint8Array | undefined)[] = Array.from({ length: 128 })
  for (let at = 0; at < letters.length; at++) {
    ofCode[letters.charCodeAt(at)] = new Uint8Array(texts.length).fill(notFound)
  }
  for (const [at, text] of texts.entries()) {
    let zone = 0
    let before = 0
    for (let place = 0; place < text.length; place++) {
      const code = text.charCodeAt(place)
      const ofLetter = ofCode[code]
      if (ofLetter) {
        const isStart = before === space
        const rank = rankOf(isStart, isStart && text.charCodeAt(place + 1) === space, zone)
        if (rank < (ofLetter[at] ?? notFound)) ofLetter[at] = rank
      } else if (text[place] === ends[zone]) zone++
      before = code
    }
  }
  return (wanted) => (wanted.length === 1 ? ofCode[wanted.charCodeAt(0)] : undefined)
}
