import { fold } from '../../book/fold.ts'
import { withoutUmlauts } from '../../book/other-spellings.ts'
import { latinKey, latinKeys } from '../../book/transliterate.ts'
import type { NicknameTable } from './nicknames.ts'
import { isOneSlipApart } from './one-slip.ts'

/** One word of a name. */
export type NamePart = {
  /** Folded, without apostrophes. */
  text: string
  /** How it sounds in Latin letters; none in a script that is not read here. */
  sounds: readonly string[]
  /** Which names it may be a form of, by the table of nicknames. */
  groups: readonly number[]
  /** What it has in common with its other spellings and forms; for keys. */
  code: string
}

/** How two parts belong together, from the strongest to the weakest. */
export type PartMatch =
  | 'same'
  /** The same letters in another alphabet. */
  | 'transliterated'
  /** Forms of one name. */
  | 'nickname'
  | 'typo'
  /** One is the first letter of the other. */
  | 'initial'
  /** In scripts that cannot be compared here. */
  | 'unknown'
  | 'different'

/** Reads parts of names; those that it has read it remembers, since names repeat. */
export type NameParts = (text: string) => NamePart

// Distinct parts that are remembered, so that memory stays flat.
const maxRemembered = 10_000

export function createNameParts(nicknames: NicknameTable): NameParts {
  const remembered = new Map<string, NamePart>()
  return (text) => {
    if (remembered.size > maxRemembered) remembered.clear()
    return remembered.getOrInsertComputed(text, () => readPart(text, nicknames))
  }
}

function readPart(text: string, { groupsOf, classOf }: NicknameTable): NamePart {
  const folded = fold(text).replaceAll("'", '')
  const spelledOut = withoutUmlauts(text)
  const latin = isLatin.test(folded)
    ? [latinKey(folded), ...(spelledOut === null ? [] : [latinKey(fold(spelledOut))])]
    : latinKeys(text)
  const sounds = [...new Set(latin)]
  const nameClass = classOf(folded)
  const code = nameClass === undefined ? codeOf(sounds[0] ?? folded) : `#${nameClass}`
  return { text: folded, sounds, groups: groupsOf(folded), code }
}

const isLatin = /^[a-z]+$/

/** Only the consonants that people do not mix up when they write down what they hear. */
function codeOf(sound: string): string {
  const consonants = sound
    .replaceAll(/ck|c|q/g, 'k')
    .replaceAll(/[zß]/g, 's')
    .replaceAll(/d/g, 't')
    .replaceAll(/[aeiouyhgjvw]/g, '')
    .replaceAll(/(.)\1+/g, '$1')
  return consonants === '' ? sound : consonants
}

/** Names of people whose first names differ by the last letter alone are two names: Jan, Jana. */
export function compareGiven(one: NamePart, other: NamePart): PartMatch {
  const match = compareParts(one, other)
  if (match === 'different' && isClipped(one.text, other.text)) return 'nickname'
  if (match !== 'typo') return match
  const areBothKnown = one.groups.length > 0 && other.groups.length > 0
  return areBothKnown || differInEnding(one.text, other.text) ? 'different' : 'typo'
}

export function compareParts(one: NamePart, other: NamePart): PartMatch {
  if (one.text === other.text) return 'same'
  if (one.sounds.some((sound) => other.sounds.includes(sound))) {
    return isLatin.test(one.text) === isLatin.test(other.text) ? 'same' : 'transliterated'
  }
  if (one.groups.some((group) => other.groups.includes(group))) return 'nickname'
  if (isInitialOf(one, other) || isInitialOf(other, one)) return 'initial'
  const areBothRead = one.sounds.length > 0 && other.sounds.length > 0
  if (!areBothRead) return scriptOf(one.text) === scriptOf(other.text) ? 'different' : 'unknown'
  return isSlip(one, other) ? 'typo' : 'different'
}

function isSlip(one: NamePart, other: NamePart): boolean {
  if (isLatin.test(one.text) === isLatin.test(other.text))
    return isOneSlipApart(one.text, other.text)
  return one.sounds.some((sound) => other.sounds.some((its) => isOneSlipApart(sound, its)))
}

function isInitialOf(initial: NamePart, name: NamePart): boolean {
  if (initial.text.length !== 1 || name.text.length === 1) return false
  const [letter = ''] = initial.sounds.length > 0 ? initial.sounds : [initial.text]
  return name.text.startsWith(initial.text) || name.sounds.some((sound) => sound.startsWith(letter))
}

// Fewer letters more are another name rather than the whole one: Christian, Christiane.
const minClipped = 3

/** Dom for Dominique, Vlad for Vladimir. */
function isClipped(one: string, other: string): boolean {
  const [short, long] = one.length <= other.length ? [one, other] : [other, one]
  return (
    short.length >= minClipped && long.length - short.length >= minClipped && long.startsWith(short)
  )
}

/** Whether two differ in nothing but a vowel at their end, or by one. */
function differInEnding(one: string, other: string): boolean {
  return stemOf(one) === stemOf(other)
}

function stemOf(name: string): string {
  return name.replace(/[aeiouyаеиіоуяюєїыэьй]{0,2}$/, '')
}

function scriptOf(text: string): string {
  for (const [name, pattern] of scripts) if (pattern.test(text)) return name
  return ''
}

const scripts = ['Han', 'Hiragana', 'Katakana', 'Hangul', 'Arabic', 'Hebrew', 'Latin'].map(
  (name) => [name, new RegExp(`\\p{Script=${name}}`, 'u')] as const,
)
