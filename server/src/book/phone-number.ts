import { fold } from './fold.ts'

const internationalPrefix = /^[^\d+]*(?:\+|00)\D*(?=[1-9])/
const typedTrunkPrefix = /\(\s*0\s*(?:\)|$)/
// No country's code is the start of another one (ITU-T E.164, list of assigned codes).
const countryCode = /^(?:1|7|2[07]|3[0-469]|4[013-9]|5[1-8]|6[0-6]|8[1246]|9[0-58]|\d{3})/
const trunkPrefixes: Record<string, string> = { '7': '8', '36': '06', '375': '80', '993': '8' }

/**
 * The ways to dial a number that people typed, in digits alone. Behind `+` or `00` the country's
 * code comes first, and the number can also be dialled at home: `+49 (0)30 123456`,
 * `0049 30/123456` and `+49-30-123456` are all `4930123456` and `030123456`. What has no country's
 * code stays as it is, since nobody says here where its owner lives.
 */
export function phoneForms(text: string): string[] {
  const folded = fold(text)
  const [prefix] = internationalPrefix.exec(folded) ?? []
  if (prefix === undefined) return [digitsOf(folded)]
  const digits = digitsOf(folded.slice(prefix.length).replace(typedTrunkPrefix, ''))
  return [digits, ...nationalForm(digits)]
}

/** The ways to dial a number that is spelled with letters. None for one of digits alone. */
export function spelledForms(text: string): string[] {
  const folded = fold(text)
  const digits = withoutLetters(folded)
  return digits === folded ? [] : phoneForms(digits)
}

/** A folded number with the digits that its letters are dialled by (ITU-T E.161). */
export function withoutLetters(folded: string): string {
  return folded.replaceAll(/[a-z]/g, keyOf)
}

// The letters on the keys from 2 on.
const keys = ['abc', 'def', 'ghi', 'jkl', 'mno', 'pqrs', 'tuv', 'wxyz']

function keyOf(letter: string): string {
  return String(keys.findIndex((letters) => letters.includes(letter)) + 2)
}

/** Whether a folded text could be a phone number, or a part of one, and nothing else. */
export function looksDialled(folded: string): boolean {
  return /^[\d\s()+./-]+$/.test(folded) && /\d/.test(folded)
}

/** Whether a folded word could be a whole number that is spelled with letters. */
export function looksSpelled(folded: string): boolean {
  return /^\+?\d[\d().+/-]*[a-z][\da-z().+/-]*$/.test(folded) && folded.length >= minSpelledLength
}

// Shorter ones are names: 3M, 1und1.
const minSpelledLength = 7

export function digitsOf(folded: string): string {
  return folded.replaceAll(/\D/g, '')
}

/** What stands behind the country's code of an international number in digits alone. */
export function withoutCountry(digits: string): string {
  const [code = ''] = countryCode.exec(digits) ?? []
  return digits.slice(code.length)
}

/** Most countries dial a 0 first; where it belongs to the number, as in Italy, it is there already. */
function nationalForm(digits: string): string[] {
  const [code] = countryCode.exec(digits) ?? []
  const rest = digits.slice(code?.length)
  if (code === undefined || rest === '') return []
  return [rest.startsWith('0') ? rest : `${trunkPrefixes[code] ?? '0'}${rest}`]
}
