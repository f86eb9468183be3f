import type { Contact } from '../book/contact.ts'
import { fold } from '../book/fold.ts'

type Name = { first_name: string | null; last_name: string | null }

/**
 * Splits a full name: at the comma of `Lovelace, Ada`, else before the last word with its particles
 * (`van`, `de la`). A single word is a first name.
 */
export function splitName(name: string): Name {
  const comma = name.indexOf(',')
  if (comma !== -1) {
    const [last, first] = [name.slice(0, comma).trim(), name.slice(comma + 1).trim()]
    return { first_name: first === '' ? null : first, last_name: last === '' ? null : last }
  }
  const words = name.split(/\s+/)
  if (words.length === 1) return { first_name: name, last_name: null }
  let start = words.length - 1
  while (start > 1 && isParticle(words[start - 1] ?? '')) start--
  return { first_name: words.slice(0, start).join(' '), last_name: words.slice(start).join(' ') }
}

/** What a full name has besides the first name; null if that is no part of it. */
export function lastNameOf(name: string, first: string): string | null {
  const [family = '', given] = name.split(/\s*,\s*/)
  if (given !== undefined) return fold(given) === fold(first) && family !== '' ? family : null
  const words = name.split(/\s+/)
  const count = first.split(/\s+/).length
  const isFirst = fold(words.slice(0, count).join(' ')) === fold(first.replaceAll(/\s+/g, ' '))
  return isFirst && words.length > count ? words.slice(count).join(' ') : null
}

/** Whether every word of a text occurs in one of the others. */
export function repeats(text: string, others: (string | null)[]): boolean {
  return repeaterOf(others)(text)
}

/** The same of several texts. */
export function repeaterOf(others: (string | null)[]): (text: string) => boolean {
  const known = new Set(others.flatMap((other) => (other === null ? [] : wordsOf(other))))
  return (text) => wordsOf(text).every((word) => known.has(word))
}

export function nameOf(contact: Contact): (string | null)[] {
  const { prefix, first_name, middle_name, last_name, suffix, nickname, company } = contact
  return [prefix, first_name, middle_name, last_name, suffix, nickname, company]
}

function isParticle(word: string): boolean {
  return /^\p{Ll}/u.test(word) && word === word.toLowerCase()
}

function wordsOf(text: string): string[] {
  return fold(text).match(/[\p{L}\p{N}]+/gu) ?? []
}
