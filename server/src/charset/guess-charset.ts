import { isAscii, isUtf8 } from 'node:buffer'
import { type Multibyte, multibyteCharsets, scoreMultibyte } from './multibyte.ts'
import { type SingleByte, singleByteCharsets } from './single-byte.ts'

/** Distinct words that are judged at most. */
const maxWords = 4_000
const maxWordOctets = 200
// Of all octets that separate words, the last: above are letters, and marks that may be the second
// octet of an ideograph.
const lastSeparator = 0x3f
const lineFeed = 0x0a
const carriageReturn = 0x0d

/**
 * Guesses the charset of a file from all of its lines that are not valid UTF-8.
 *
 * Each word with octets outside of ASCII counts once, for every charset: in a charset of one octet a
 * letter counts for it if one language has all such letters of the word, or if it is frequent in a
 * word of its script; in one of two octets if the ideograph is frequent. Punctuation that Windows has in
 * the same place in all of its code pages counts nothing.
 */
export function charsetGuess() {
  const words = new Set<string>()
  let mixedLines = 0
  let otherLines = 0

  /** @param line whole lines, of one octet per character */
  function add(line: Uint8Array): void {
    if (isUtf8(line)) {
      if (!isAscii(line)) mixedLines++
      return
    }
    otherLines++
    if (words.size >= maxWords) return
    for (const word of wordsOf(line)) words.add(Buffer.from(word).toString('latin1'))
  }

  /** @param lines whole lines of valid UTF-8, as most files are */
  function addUtf8(lines: Uint8Array): void {
    if (!isAscii(lines)) mixedLines += countMixed(lines)
  }

  /** The charset; null if all lines are UTF-8. */
  function take(): string | null {
    if (otherLines === 0) return null
    const all = Array.from(words, (word) => Buffer.from(word, 'latin1')).filter(saysMore)
    let best = { name: 'windows-1252', score: Number.NEGATIVE_INFINITY }
    for (const charset of singleByteCharsets) {
      const score = scoreSingle(all, charset)
      if (score > best.score) best = { name: charset.name, score }
    }
    // Between lines of UTF-8 there are damaged ones of it, which look like ideographs.
    for (const charset of mixedLines > otherLines ? [] : multibyteCharsets) {
      const score = scoreAll(all, charset)
      if (score !== null && score > best.score) best = { name: charset.name, score }
    }
    return best.name
  }

  return { add, addUtf8, take }
}

/** How many lines hold more than ASCII. */
function countMixed(lines: Uint8Array): number {
  let count = 0
  let isMixed = false
  for (const octet of lines) {
    if (octet > 0x7f) isMixed = true
    else if (isMixed && (octet === lineFeed || octet === carriageReturn)) {
      count++
      isMixed = false
    }
  }
  return isMixed ? count + 1 : count
}

function scoreSingle(words: Buffer[], { decoder, score }: SingleByte): number {
  const texts = words.map((word) => decoder.decode(word))
  // Octets that the charset does not have.
  const unknown = texts.join('').match(/[\u0080-\u009f\ufffd]/g)?.length ?? 0
  return score(texts) - 2 * unknown
}

function scoreAll(words: Buffer[], charset: Multibyte): number | null {
  let sum = 0
  for (const word of words) {
    const score = scoreMultibyte(word, charset)
    if (score === null) return null
    sum += score
  }
  return sum
}

const punctuation = new Set([
  0x82, 0x84, 0x85, 0x86, 0x87, 0x91, 0x92, 0x93, 0x94, 0x95, 0x96, 0x97, 0xa0, 0xa6, 0xa7, 0xab,
  0xb7, 0xbb,
])
// In one octet per character: opening quotes and daggers behind a letter, and other quotes and bullets
// between two, are letters of another charset.
const withinWord = /[a-z](?:[\x82\x84\x86\x87]|[\x91\x93-\x95][a-z])/i

/** Whether there is more in a word than a sign or what Windows has for quotes, dashes, dots and spaces. */
function saysMore(word: Buffer): boolean {
  if (word.length === 1) return false
  const isPunctuation = word.every((octet) => octet < 0x80 || punctuation.has(octet))
  return !isPunctuation || withinWord.test(word.toString('latin1'))
}

/** The words of a line that are not only ASCII. */
function* wordsOf(line: Uint8Array): Generator<Uint8Array> {
  for (let start = 0; start < line.length;) {
    let end = start
    let isAscii = true
    for (; end < line.length && (line[end] ?? 0) > lastSeparator; end++) {
      isAscii &&= (line[end] ?? 0) < 0x80
    }
    if (!isAscii && end - start <= maxWordOctets) yield line.subarray(start, end)
    start = end + 1
  }
}
