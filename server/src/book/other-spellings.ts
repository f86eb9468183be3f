import { fold } from './fold.ts'
import { remembered } from './remembered.ts'
import { latinKeys } from './transliterate.ts'

// How passports, tickets and addresses spell letters that a keyboard lacks.
const spelled: Record<string, string> = { ä: 'ae', ö: 'oe', ü: 'ue', ø: 'oe', å: 'aa' }

/** The text with German and Scandinavian letters as two, Mueller for Müller; null if it has none. */
export function withoutUmlauts(text: string): string | null {
  const composed = text.normalize('NFC')
  const plain = composed.replaceAll(
    /[äöüøå]/gi,
    (letter) => spelled[letter.toLowerCase()] ?? letter,
  )
  return plain === composed ? null : plain
}

const isSpaceless =
  /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}\p{Script=Bopomofo}]/u

/**
 * The names as Chinese, Japanese and Korean people write them, without a space, in both orders: the last
 * name stands before the first and behind it. null where that is no other text than the names.
 */
export function joinedNames(lastName: string | null, firstName: string | null): string | null {
  const names = `${lastName ?? ''} ${firstName ?? ''} ${lastName ?? ''}`.trim()
  return isSpaceless.test(names) && /\s/.test(names) ? names.replaceAll(/\s+/g, '') : null
}

const innerHyphen = /(?<=\p{L})-(?=\p{L})/u
const innerMark = /(?<=\p{L})['-](?=\p{L})/gu

/** A folded text without the apostrophes and hyphens inside its words: obrien for o'brien. */
export function withoutInnerMarks(folded: string): string {
  return folded.replaceAll(innerMark, '')
}

/**
 * The keys of the Latin spellings of a text in Cyrillic or Greek, in capitals, which no folded text holds: a
 * search for a key finds no word that merely looks like it.
 */
export function capitalLatinKeys(text: string): string[] {
  return latinKeys(text).map((key) => key.toUpperCase())
}

/**
 * The words of a text in the other ways in which people look for them: umlauts as two letters, without
 * apostrophes and hyphens, in the parts that hyphens join, and the {@link capitalLatinKeys} of Cyrillic and Greek.
 */
export function otherSpellings(text: string): string {
  if (isPlain.test(text)) return ''
  return [...new Set(text.split(/\s+/).flatMap(spellingsOfWord))].join(' ')
}

const spellingsOfWord = remembered((word): readonly string[] => {
  const folded = fold(word)
  const spelled = [fold(withoutUmlauts(word) ?? word), withoutInnerMarks(folded)]
  const other = [...spelled, ...folded.split(innerHyphen)].filter((one) => one !== folded)
  return [...other, ...capitalLatinKeys(word)]
})

// Nothing but letters that have one spelling, for speed: most names.
const isPlain = /^[\w\s.,@]*$/
