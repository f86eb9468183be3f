import type { Address } from '../../book/contact.ts'
import { fold } from '../../book/fold.ts'

/** A street with its number, and where that is. */
export type PlaceKey = { street: string; city: string | null; postalCode: string | null }

// What people shorten, and what they leave out.
const spelledOut: Record<string, string> = {
  str: 'strasse',
  st: 'street',
  rd: 'road',
  ave: 'avenue',
  av: 'avenue',
  ln: 'lane',
  sq: 'square',
  dr: 'drive',
  c: 'calle',
  pl: 'platz',
}
const leftOut = new Set([
  'ul',
  'ulica',
  'вул',
  'вулиця',
  'ул',
  'улица',
  'бул',
  'rue',
  'via',
  'calle',
  'the',
])

const ascii = /^[\0-\x7f]*$/

/** null for an address that is none of one house: without a street, or without a number. */
export function placeKey({ street, city, postal_code, po_box }: Address): PlaceKey | null {
  const words = wordsOf(street ?? po_box ?? '')
    .map((word) => spelledOut[word] ?? word)
    .filter((word) => !leftOut.has(word))
    .sort()
  const isHouse =
    words.some((word) => /\d/.test(word)) && words.some((word) => /\p{L}{2}/u.test(word))
  if (!isHouse) return null
  return { street: words.join(' '), city: folded(city), postalCode: folded(postal_code) }
}

/** One house: the same street and number, in the same town as far as both are known. */
export function isSamePlace(one: PlaceKey, other: PlaceKey): boolean {
  if (one.street !== other.street) return false
  if (isKnownAndSame(one.postalCode, other.postalCode)) return true
  return one.city === null || other.city === null || one.city === other.city
}

function wordsOf(text: string): string[] {
  const spelled = fold(text).replaceAll(/(?<=\p{L})str\b\.?/gu, 'strasse')
  // Properties of Unicode take a multiple of the time.
  return spelled.split(ascii.test(spelled) ? /[^a-z\d]+/ : /[^\p{L}\p{N}]+/u).filter(Boolean)
}

function isKnownAndSame(one: string | null, other: string | null): boolean {
  return one !== null && one === other
}

function folded(text: string | null): string | null {
  if (text === null) return null
  const written = fold(text)
  return written.replaceAll(ascii.test(written) ? /[^a-z\d]/g : /[^\p{L}\p{N}]/gu, '')
}
