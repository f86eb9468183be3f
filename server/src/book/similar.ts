import { editDistance } from './edit-distance.ts'
import { zoneEnds, zones } from './search-text.ts'
import type { SearchWord } from './search-words.ts'
import { latinKey } from './transliterate.ts'

/**
 * How many typos a word is forgiven: one of four letters or more, two of eight. An e-mail address none: most of
 * it is like many others.
 */
export function forgivenTypos({ word }: SearchWord): number {
  if (word.includes('@')) return 0
  const letters = word.match(/\p{L}/gu)?.length ?? 0
  if (letters >= 8) return 2
  return letters >= 4 ? 1 : 0
}

/**
 * Texts of which at least one stands in the search text wherever there is another word that differs by no more
 * typos than this one is forgiven: however they fall, a piece of the word is left, or one with two letters
 * swapped where it was cut. None where no typo is forgiven.
 */
export function typoTexts(word: SearchWord): string[] {
  const typos = forgivenTypos(word)
  if (typos === 0) return []
  return [...new Set(mistypedForms(word).flatMap((form) => intactPieces(form, typos)))]
}

/** What a typo is looked for in: the word's spellings, and their keys for names in Cyrillic and Greek. */
function mistypedForms({ spellings }: SearchWord): string[] {
  const keys = spellings
    .filter((spelling) => /^[a-z]+$/.test(spelling))
    .map((spelling) => latinKey(spelling).toUpperCase())
  return [...new Set([...spellings, ...keys])]
}

/** Those of the start and the end stand there in the other word as well, between spaces. */
function intactPieces(form: string, typos: number): string[] {
  const text = ` ${form} `
  const cuts = Array.from(
    { length: typos },
    (_, at) => 1 + Math.floor(((at + 1) * form.length) / (typos + 1)),
  )
  const bounds = [0, ...cuts, text.length]
  const pieces = bounds.slice(1).map((end, at) => text.slice(bounds[at], end))
  // With two letters swapped at a cut, the pieces on both sides of it are one.
  const swapped = cuts.map((cut, at) => swappedAt(text, cut).slice(bounds[at], bounds[at + 2]))
  return [...pieces, ...swapped, cuts.reduce(swappedAt, text)]
}

function swappedAt(text: string, cut: number): string {
  return text.slice(0, cut - 1) + (text[cut] ?? '') + (text[cut - 1] ?? '') + text.slice(cut + 1)
}

/** How far a search is from a contact: fewer typos come first, then better places. */
export type Likeness = { typos: number; zone: number }

/** Tells how alike a search text is to words; null if it has not all of them, with the typos they are forgiven. */
export type Comparison = (text: string, isElsewhere?: readonly boolean[] | null) => Likeness | null

/**
 * What compares search texts with words; for a single word, their names and companies are enough. `isElsewhere`
 * has which of the words a contact has outside of its search text.
 */
export function comparisonWith(words: readonly SearchWord[]): Comparison {
  const wanted = words.map(wantedOf)
  return (text, isElsewhere) => {
    const parts = zoneTexts(text)
    let all: Likeness = { typos: 0, zone: 0 }
    for (const [at, word] of wanted.entries()) {
      const found = isElsewhere?.[at]
        ? { typos: 0, zone: zones.length - 1 }
        : likenessTo(parts, word)
      if (found === null) return null
      all = { typos: all.typos + found.typos, zone: Math.max(all.zone, found.zone) }
    }
    return all
  }
}

/** What is looked for in many texts. */
type Wanted = { texts: readonly string[]; forms: readonly string[]; most: number }

function wantedOf(word: SearchWord): Wanted {
  return { texts: word.texts, forms: mistypedForms(word), most: forgivenTypos(word) }
}

function zoneTexts(text: string): string[] {
  let rest = text
  return zones.map((zone) => {
    const end = zoneEnds[zone] === '' ? -1 : rest.indexOf(zoneEnds[zone])
    const part = end < 0 ? rest : rest.slice(0, end)
    rest = end < 0 ? '' : rest.slice(end + 1)
    return part
  })
}

function likenessTo(parts: readonly string[], { texts, forms, most }: Wanted): Likeness | null {
  const zone = parts.findIndex((part) => texts.some((text) => part.includes(text)))
  if (zone >= 0) return { typos: 0, zone }
  if (most === 0) return null
  let best: Likeness | null = null
  for (const [at, part] of parts.slice(0, mistypedZones).entries()) {
    const typos = fewestTypos(part, forms, (best?.typos ?? most + 1) - 1)
    if (typos !== null) best = { typos, zone: at }
  }
  return best
}

// Names and companies.
const mistypedZones = zones.indexOf('company') + 1

/** The typos of the word that comes closest to one of the forms, if they are not more than `most`. */
function fewestTypos(part: string, forms: readonly string[], most: number): number | null {
  let fewest = most + 1
  for (const word of wordsIn(part)) {
    for (const form of forms) fewest = Math.min(fewest, editDistance(form, word, fewest - 1))
  }
  return fewest > most ? null : fewest
}

// A shorter one is too much like too many.
const minLength = 4

function wordsIn(part: string): string[] {
  return part.split(' ').filter((word) => word.length >= minLength)
}
