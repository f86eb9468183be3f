import type { Contact } from '../../book/contact.ts'
import {
  compareGiven,
  compareParts,
  type NamePart,
  type NameParts,
  type PartMatch,
} from './name-part.ts'

/** The name of a contact in the parts that are compared. */
export type PersonName = {
  given: NamePart[]
  family: NamePart[]
  /** Other first names: middle names, and what friends say. */
  others: NamePart[]
  /** Where Chinese, Japanese or Korean names are one word: their characters in the order of code points. */
  characters: string | null
  /** `sr`, `jr`, `iii`, … */
  generation: string | null
}

/**
 * What two names say of whether they are of one person:
 * - `same`: first and last name are the same, but for case, accents, and the alphabet;
 * - `similar`: nickname forms, both names swapped, or one slip in one of them;
 * - `initials`: the last name, and the first letter of the first one;
 * - `first_only`: one entry has no more than the first name, which is the other's too;
 * - `family_changed`: the first name alone, as after a wedding;
 * - `unknown`: one has no name, or they are in scripts that cannot be compared;
 * - `different`: the first names are of two people.
 */
export type NameMatch =
  | 'same'
  | 'similar'
  | 'initials'
  | 'first_only'
  | 'family_changed'
  | 'unknown'
  | 'different'

type NameFields = Pick<Contact, 'first_name' | 'middle_name' | 'last_name' | 'suffix' | 'nickname'>

// What stands before names, in several languages, and between their parts.
const titles = wordSet(
  'dr prof mr mrs ms miss sir herr frau hr fr mme mlle sr sra dott ing dipl пан пані г-н',
)
const particles = wordSet(
  'von van vom zu zum zur de del della delle di da dal dos das do du der den des la le las los el al y e i bin ibn ben st san',
)
const generations: Record<string, string> = {
  ...Object.fromEntries(words('jr jun junior jnr мл мол').map((word) => [word, 'jr'])),
  ...Object.fromEntries(words('sr sen senior snr ст').map((word) => [word, 'sr'])),
  ii: 'ii',
  iii: 'iii',
  iv: 'iv',
}
const separators = /[\s\-‐–—.,·・/()"„“”_]+/
const isSpaceless = /^[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}\s]+$/u

/** Reads the name of a contact, wherever in the fields for names it stands; null without any. */
export function readName(contact: NameFields, partOf: NameParts): PersonName | null {
  const { first_name, last_name, middle_name, suffix, nickname } = contact
  const fields = inTwoFields(first_name, last_name)
  const whole = `${fields.family}${fields.given}`
  const characters = isSpaceless.test(whole) ? charactersOf(whole) : null
  const givenWords = wordsOf(fields.given)
  const familyWords = wordsOf(fields.family)
  const generation = generationOf([...wordsOf(suffix ?? ''), ...familyWords.slice(-1)])
  const given = givenWords.filter((word) => !titles.has(word.toLowerCase()))
  const family = familyWords.filter((word) => generations[word.toLowerCase()] === undefined)
  if (given.length === 0 && family.length === 0) {
    return nickname ? { ...nameless, given: wordsOf(nickname).map(partOf), generation } : null
  }
  return {
    given: given.slice(0, 1).map(partOf),
    family: withoutParticles(family).map(partOf),
    others: [...given.slice(1), ...wordsOf(middle_name ?? ''), ...wordsOf(nickname ?? '')].map(
      partOf,
    ),
    characters,
    generation,
  }
}

const nameless: PersonName = {
  given: [],
  family: [],
  others: [],
  characters: null,
  generation: null,
}

export function compareNames(one: PersonName | null, other: PersonName | null): NameMatch {
  if (!one || !other) return 'unknown'
  if (one.characters !== null && other.characters !== null) {
    return one.characters === other.characters ? 'same' : 'different'
  }
  const straight = compareInOrder(one, other)
  if (straight !== 'different' && straight !== 'family_changed') return straight
  // The names may stand in the wrong fields of one of them.
  return isSwapped(one, other) ? 'similar' : straight
}

function compareInOrder(one: PersonName, other: PersonName): NameMatch {
  const given = compareFirstNames(one, other)
  const family = compareFamilies(one.family, other.family)
  if (one.given.length === 0 || other.given.length === 0) {
    // A last name alone may be of any of a family.
    return family === 'different' ? 'different' : 'unknown'
  }
  if (given === 'different') return 'different'
  if (family === null) return given === 'initial' || given === 'unknown' ? 'unknown' : 'first_only'
  if (given === 'unknown' || family === 'unknown') return 'unknown'
  if (family === 'different') return isSpelling(given) ? 'family_changed' : 'different'
  if (given === 'initial' || family === 'initial') return 'initials'
  if (isSpelling(given) && isSpelling(family)) return 'same'
  return given === 'typo' && family === 'typo' ? 'different' : 'similar'
}

function isSpelling(match: PartMatch): boolean {
  return match === 'same' || match === 'transliterated'
}

/** First names, where friends may use a middle name, or a nickname that is noted too. */
function compareFirstNames(one: PersonName, other: PersonName): PartMatch {
  const [first, second] = [one.given[0], other.given[0]]
  if (!first || !second) return 'unknown'
  const match = compareGiven(first, second)
  if (match !== 'different') return middleNamesDiffer(one, other) ? 'different' : match
  const isNoted = (names: NamePart[], name: NamePart) =>
    name.text.length > 1 && names.some((noted) => isSpelling(compareGiven(noted, name)))
  return isNoted(one.others, second) || isNoted(other.others, first) ? 'nickname' : 'different'
}

/** John A. and John B. are two. */
function middleNamesDiffer(one: PersonName, other: PersonName): boolean {
  if (one.others.length === 0 || other.others.length === 0) return false
  return one.others.every((name) =>
    other.others.every((its) => compareGiven(name, its) === 'different'),
  )
}

/** Every word of the shorter one is in the longer one: García, García Pérez. null if there is none. */
function compareFamilies(one: NamePart[], other: NamePart[]): PartMatch | null {
  const [short, long] = one.length <= other.length ? [one, other] : [other, one]
  if (short.length === 0) return null
  const joined = compareJoined(one, other)
  if (joined) return joined
  let weakest: PartMatch = 'same'
  for (const part of short) {
    const best = bestOf(long.map((its) => compareParts(part, its)))
    if (strengths.indexOf(best) > strengths.indexOf(weakest)) weakest = best
  }
  return weakest
}

/** McDonald and Mc Donald. */
function compareJoined(one: NamePart[], other: NamePart[]): PartMatch | null {
  if (one.length === other.length) return null
  const text = (parts: NamePart[]) => parts.map((part) => part.text).join('')
  return text(one) === text(other) ? 'same' : null
}

const strengths: PartMatch[] = [
  'same',
  'transliterated',
  'nickname',
  'typo',
  'initial',
  'unknown',
  'different',
]

function bestOf(matches: PartMatch[]): PartMatch {
  return matches.reduce((best, match) =>
    strengths.indexOf(match) < strengths.indexOf(best) ? match : best,
  )
}

function isSwapped(one: PersonName, other: PersonName): boolean {
  if (one.family.length === 0 || other.family.length === 0) return false
  const across = [
    compareFamilies(one.given, other.family),
    compareFamilies(one.family, [...other.given, ...other.others]),
  ]
  return across.every((match) => match === 'same' || match === 'transliterated')
}

/** `Lovelace, Ada` and `Ada Lovelace` in one field are two names. */
function inTwoFields(first: string | null, last: string | null): { given: string; family: string } {
  if (first !== null && last !== null) return { given: first, family: last }
  const whole = (first ?? last ?? '').trim()
  const [before = '', after] = whole.split(/,\s*/)
  if (after !== undefined && generationOf([after]) === null) return { given: after, family: before }
  const parts = whole.split(/\s+/)
  if (parts.length < 2)
    return first === null ? { given: '', family: whole } : { given: whole, family: '' }
  // Particles belong to the last name: Anna von Stetten.
  let start = parts.length - 1
  while (start > 1 && particles.has((parts[start - 1] ?? '').toLowerCase())) start--
  return { given: parts.slice(0, start).join(' '), family: parts.slice(start).join(' ') }
}

function wordsOf(text: string): string[] {
  return text.split(separators).filter(Boolean)
}

function withoutParticles(names: string[]): string[] {
  const rest = names.filter((name) => !particles.has(name.toLowerCase()))
  return rest.length > 0 ? rest : names
}

function generationOf(candidates: string[]): string | null {
  for (const word of candidates) {
    const generation = generations[word.toLowerCase().replaceAll('.', '')]
    if (generation) return generation
  }
  return null
}

function charactersOf(text: string): string {
  return Array.from(text.normalize('NFKC').replaceAll(/\s/g, '')).sort().join('')
}

function wordSet(text: string): ReadonlySet<string> {
  return new Set(words(text))
}

function words(text: string): string[] {
  return text.split(' ')
}
