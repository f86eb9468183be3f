import { remembered } from './remembered.ts'

// Letters without a canonical decomposition, by what people type for them; ς is σ at a word's end.
const plainLetters: Record<string, string> = {
  ß: 'ss',
  æ: 'ae',
  œ: 'oe',
  þ: 'th',
  ø: 'o',
  ł: 'l',
  đ: 'd',
  ð: 'd',
  ɖ: 'd',
  ɗ: 'd',
  ı: 'i',
  ħ: 'h',
  ŋ: 'n',
  ɲ: 'n',
  ŧ: 't',
  ǥ: 'g',
  ɓ: 'b',
  ƙ: 'k',
  ƴ: 'y',
  ʋ: 'v',
  ɛ: 'e',
  ƒ: 'f',
  ς: 'σ',
}
const plainLetter = new RegExp(`[${Object.keys(plainLetters).join('')}]`, 'g')
const apostrophe = /[`‘’‛′ʹʻʼʽˈ]/g
// NFKD would make a space and an accent of it.
const acute = /[´\u1ffd]/g
const dash = /[\p{Pd}−]/gu
const foreignDigit = /[^\P{Nd}0-9]/gu
/** Printable ASCII without the one apostrophe in it: only its case and its spaces are folded. */
const plain = /^[ -_a-~]*$/
const markOrInvisible = /[\p{M}\p{Cf}\p{Default_Ignorable_Code_Point}]+/gu

/**
 * Folds away what people do not type when they search: case, accents, kinds of apostrophes, dashes
 * and digits, and invisible characters. "Łukasz" and "lukasz" are one. It holds no control
 * characters and single spaces. Our own, so that every database, version and locale finds and
 * sorts alike.
 */
export function fold(text: string): string {
  return plain.test(text) ? withSingleSpaces(text.toLowerCase()).trim() : foldForeign(text)
}

function withSingleSpaces(text: string): string {
  return text.includes('  ') ? text.replaceAll(/ {2,}/g, ' ') : text
}

const foldForeign = remembered((text) =>
  text
    .replaceAll(acute, "'")
    .normalize('NFKD')
    .replaceAll(markOrInvisible, '')
    .toLowerCase()
    .replaceAll(plainLetter, (letter) => plainLetters[letter] ?? letter)
    .replaceAll(apostrophe, "'")
    .replaceAll(dash, '-')
    .replaceAll(foreignDigit, asciiDigit)
    .replaceAll(/[\p{Cc}\s]+/gu, ' ')
    .trim(),
)

/** Unicode keeps the ten digits of a script together, from 0 to 9, and scripts in whole tens. */
function asciiDigit(digit: string): string {
  const codePoint = digit.codePointAt(0) ?? 0
  let before = 0
  while (/\p{Nd}/u.test(String.fromCodePoint(codePoint - before - 1))) before++
  return String(before % 10)
}
