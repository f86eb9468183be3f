import type { Contact } from './contact.ts'
import { fold } from './fold.ts'
import { joinedNames, withoutUmlauts } from './other-spellings.ts'
import {
  digitsOf,
  looksDialled,
  looksSpelled,
  phoneForms,
  spelledForms,
  withoutLetters,
} from './phone-number.ts'
import { cutOctets } from './text.ts'

/** `like` patterns for the search text, one of which must match. */
export type Alternatives = string[]

// Each field of the search text stands behind a mark of its own, a control character that no
// folded text contains: "starts with" is then "contains the mark and this".
const marks = {
  first_name: '\u0001',
  last_name: '\u0002',
  email: '\u0003',
  phone: '\u0004',
  other: '\u0005',
} as const

// The first of each kind always fit; with the rest they stay within what a row may have in the
// covering index.
const maxFieldOctets = 480
const maxSearchOctets = 2000
// Whoever fills a form has no more, and the folding of more would take time.
const maxOthers = 100

/**
 * The text that search reads: first and last name, e-mail and phone, then as far as there is room the
 * names in other spellings, other names, company, labels, and the other e-mails and phones. Phones are
 * in the ways they can be dialled, and as they are written.
 */
export function searchText(contact: Contact, labelNames: readonly string[] = []): string {
  const [email, ...emails] = contact.emails
  const [phone, ...phones] = contact.phones
  const text =
    marks.first_name +
    foldField(contact.first_name ?? '') +
    marks.last_name +
    foldField(contact.last_name ?? '') +
    emailPart(email) +
    phonePart(phone) +
    marks.other
  return withAsMuchAsFits(text, [
    ...otherNames(contact, labelNames).map((name) => foldField(name) + marks.other),
    ...alternating(
      emails.slice(0, maxOthers).map(emailPart),
      phones.slice(0, maxOthers).map(phonePart),
    ),
  ])
}

function otherNames(contact: Contact, labelNames: readonly string[]): string[] {
  const { first_name, last_name, nickname, company, middle_name } = contact
  const names = [nickname, company, middle_name, ...labelNames]
  return [
    joinedNames(last_name, first_name),
    ...[first_name, last_name, ...names].map((name) => name && withoutUmlauts(name)),
    ...names,
    contact.phonetic_last_name,
    contact.phonetic_first_name,
    contact.phonetic_middle_name,
    joinedNames(contact.phonetic_last_name, contact.phonetic_first_name),
  ].filter((name): name is string => Boolean(name))
}

/** One of each list after the other, so that a long one leaves room for the other. */
function alternating(one: readonly string[], other: readonly string[]): string[] {
  const length = Math.max(one.length, other.length)
  return Array.from({ length }, (_, at) =>
    [one[at], other[at]].filter((part) => part !== undefined),
  ).flat()
}

/** Whole fields only: half an address would be found, and then not by its end. */
function withAsMuchAsFits(start: string, parts: string[]): string {
  if (parts.length === 0) return start
  let text = start
  let left = maxSearchOctets - Buffer.byteLength(start)
  for (const part of parts) {
    const octets = Buffer.byteLength(part)
    if (octets > left) continue
    text += part
    left -= octets
  }
  return text
}

function emailPart(email: { value: string } | undefined): string {
  return marks.email + foldField(email?.value ?? '')
}

function phonePart(phone: { value: string } | undefined): string {
  const number = phone?.value ?? ''
  const folded = fold(number)
  const forms = phoneForms(folded).join(' ')
  if (folded === '' || looksDialled(folded)) return marks.phone + cutOctets(forms, maxFieldOctets)
  const spelled = spelledForms(folded).join(' ')
  return cutOctets(
    `${marks.phone}${forms} ${folded}${spelled && marks.phone + spelled}`,
    maxFieldOctets,
  )
}

/** Matches where the field begins with this text; both without case or accents. */
export function startsWithPattern(
  field: 'first_name' | 'last_name' | 'email',
  text: string,
): Alternatives {
  return [containsPattern(marks[field] + foldField(text))]
}

/**
 * For each word of a search its alternatives; a row must match all words. Digits match however they
 * are typed, here and in the contact: `+49 (0)30 123` finds `030/123`, `030 123` finds `+4930123`. A word
 * with an umlaut also finds the spelling without.
 */
export function wordPatterns(query: string): Alternatives[] {
  const folded = fold(query)
  const words = folded.split(' ').filter(Boolean)
  // The same number of words: no letter is spelled with a space.
  const plainWords = fold(withoutUmlauts(query) ?? query)
    .split(' ')
    .filter(Boolean)
  // A number typed in groups is one number, or else the words that it looks like.
  const whole = looksDialled(folded) ? dialled(folded) : null
  const alternatives = words.map((word, at) => {
    const numbers = whole ?? numbersIn(word)
    const spellings = [word, plainWords[at] ?? word].map((one) => cutOctets(one, maxFieldOctets))
    return shortest([...spellings, ...numbers]).map(containsPattern)
  })
  return alternatives.filter((_, at) => words.indexOf(words[at] ?? '') === at)
}

function numbersIn(word: string): string[] {
  if (looksDialled(word)) return dialled(word)
  return looksSpelled(word) ? dialled(withoutLetters(word)) : []
}

/** A number with its country's code is found by its start; other digits are found anywhere. */
function dialled(folded: string): string[] {
  const starts = phoneForms(folded).map((form) => marks.phone + form)
  return folded.includes('+') ? starts : [digitsOf(folded), ...starts]
}

/** Leaves out what contains another of the texts, and so is found wherever that one is. */
function shortest(texts: string[]): string[] {
  const distinct = [...new Set(texts)]
  return distinct.filter((text) =>
    distinct.every((other) => other === text || !text.includes(other)),
  )
}

/** `%` and `_` are plain characters for those who search. */
function containsPattern(text: string): string {
  return `%${text.replaceAll(/[\\%_]/g, String.raw`\$&`)}%`
}

/** What is stored of a field, and so all that a search for the whole field may ask for. */
function foldField(text: string): string {
  return cutOctets(fold(text), maxFieldOctets)
}
