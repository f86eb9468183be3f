import { fold } from './fold.ts'
import { cyrillicSystems, greekSystems, pairs, type System } from './romanisation-systems.ts'

const hasCyrillic = /\p{Script=Cyrillic}/u
const hasGreek = /\p{Script=Greek}/u
// Breve and diaeresis make letters of their own: й, ї, ё, ϋ.
const otherMark = /(?![\u0306\u0308])\p{M}/gu
const innerApostrophe = /(?<=\p{Script=Cyrillic})['’ʼ`](?=\p{Script=Cyrillic})/gu

/**
 * The usual Latin spellings of a text in Cyrillic or Greek letters, folded: «Юлія» is yuliia, iuliia, julija,
 * … None for a text without such letters; those of other scripts stay as they are.
 */
export function romanisations(text: string): string[] {
  if (!hasCyrillic.test(text) && !hasGreek.test(text)) return []
  const letters = text
    .toLowerCase()
    .normalize('NFD')
    .replaceAll(otherMark, '')
    .normalize('NFC')
    .replaceAll('ς', 'σ')
    .replaceAll(innerApostrophe, '')
  const withoutGreek = hasGreek.test(text) ? spelledIn(greekSystems, letters) : [letters]
  const latin = hasCyrillic.test(text)
    ? withoutGreek.flatMap((one) => spelledIn(cyrillicSystems, one))
    : withoutGreek
  return [...new Set(latin.map(fold))]
}

function spelledIn(systems: readonly System[], text: string): string[] {
  return systems.map(({ sequences, letter }) => {
    let spelled = text
    for (const [sequence, latin] of sequences) spelled = spelled.replaceAll(sequence, latin)
    let written = ''
    for (const one of spelled) written += letter[one] ?? one
    return written
  })
}

/** What the systems of several languages write for one sound. */
const sounds = pairs(
  `schtsch sc  chtch sc  shch sc  szcz sc  tsch c  tch c  cz c  ch c  sch s  sh s  sz s
  zh z  kh h  ph f  tz ts  x ks  w v  j i  y i`,
)
const longestFirst = Object.keys(sounds).sort((one, other) => other.length - one.length)
const sound = new RegExp(longestFirst.join('|'), 'g')
const innerMark = /(?<=\p{L})['-](?=\p{L})/gu

/**
 * One key for the Latin spellings of a sound: Yuliia, Iuliya and Julija are `iulia`, Khrushchev and
 * Hruščev `hruscev`. It only says that a Latin text may be a romanisation of the same letters as
 * another, so it is to be compared with one of {@link latinKeys} of a text in other letters.
 */
export function latinKey(text: string): string {
  return fold(text)
    .replaceAll(innerMark, '')
    .replaceAll(sound, (letters) => sounds[letters] ?? letters)
    .replaceAll('ie', 'e')
    .replaceAll(/i{2,}/g, 'i')
}

/**
 * The keys of all {@link romanisations} of a text, mostly one or two; none for a text without Cyrillic or
 * Greek letters. Two spellings of one name share a key, whatever their scripts.
 */
export function latinKeys(text: string): string[] {
  return [...new Set(romanisations(text).map(latinKey))]
}
