import { legacyDecoder, type LegacyDecoder } from './legacy-decoder.ts'
import { central, cyrillic, greek, turkish, western } from './letters.ts'

type Alphabet = { letters: string; weight: number }
type Script = { pattern: RegExp; frequencies: ReadonlyMap<string, number> }

/** A charset in which every character has one octet, and how likely words are in it. */
export type SingleByte = {
  name: string
  decoder: LegacyDecoder
  score: (words: readonly string[]) => number
}

const cyrillicScript = { pattern: /^\p{Script=Cyrillic}+$/u, frequencies: cyrillic }
const greekScript = { pattern: /^\p{Script=Greek}+$/u, frequencies: greek }

/** Of equally likely ones, the first is taken. */
export const singleByteCharsets: SingleByte[] = [
  latin('windows-1252', western),
  latin('windows-1250', central),
  latin('windows-1254', turkish),
  latin('iso-8859-2', central),
  latin('macintosh', western),
  latin('cp850', western),
  other('windows-1251', cyrillicScript),
  other('koi8-u', cyrillicScript, 'koi8-r'),
  other('ibm866', cyrillicScript),
  other('iso-8859-5', cyrillicScript),
  other('windows-1253', greekScript),
]

function latin(name: string, alphabets: Alphabet[]): SingleByte {
  return { name, decoder: legacyDecoder(name), score: (words) => scoreLatin(words, alphabets) }
}

/** @param shown the name that is given to the user, of a charset that this one extends */
function other(name: string, script: Script, shown = name): SingleByte {
  return { name: shown, decoder: legacyDecoder(name), score: (words) => scoreOther(words, script) }
}

const beyondAscii = /[^\p{ASCII}]/gu
const opening = /^[“”„‚‘«‹»›¿¡–—…•·\u00a0]+/u
const closing = /[“”’‘»›«‹…–—•·®™ªº°\u00a0]+$/u
/** Marks that may stand between letters. */
const withinWords = /[’–—…·\u00a0\u00ad]/g
/** Marks that stand by themselves. */
const marks = /^[“”„‚‘’«‹»›¿¡–—…•·®™©ªº°€£§±²³½¼¾¶µ×\u00a0\u00ad]+$/u

/** How much it counts that one language has the letters of a word which others share with it. */
const sameLanguage = 0.1

/** Letters count for the charset if one language has all of those in a word, else against it. */
function scoreLatin(words: readonly string[], alphabets: readonly Alphabet[]): number {
  const fitting = alphabets.map(() => 0)
  let sum = 0
  for (const word of words) {
    const bare = withoutMarks(word)
    const special = bare.match(beyondAscii) ?? []
    if (special.length === 0) continue
    let best = -1
    for (const [at, { letters, weight }] of alphabets.entries()) {
      if (!special.every((letter) => letters.includes(letter))) continue
      best = Math.max(best, weight)
      fitting[at] = (fitting[at] ?? 0) + 1
    }
    sum += special.length * best - caseFaults(bare)
  }
  return sum + sameLanguage * Math.max(...fitting)
}

/** Letters count by how typical they are; those of a word of two scripts count against the charset. */
function scoreOther(words: readonly string[], { pattern, frequencies }: Script): number {
  let sum = 0
  for (const word of words) {
    const bare = withoutMarks(word)
    const special = bare.match(beyondAscii) ?? []
    if (!pattern.test(bare)) sum -= special.length
    else {
      for (const letter of bare.toLowerCase()) sum += frequencies.get(letter) ?? -0.5
      sum -= 2 * caseFaults(bare)
    }
  }
  return sum
}

function withoutMarks(word: string): string {
  if (marks.test(word)) return ''
  return word.replace(opening, '').replace(closing, '').replaceAll(withinWords, '')
}

/** A lower-case letter before one in upper case is rare. */
function caseFaults(word: string): number {
  return word.match(/\p{Ll}\p{Lu}/gu)?.length ?? 0
}
