import type { Contact } from './contact.ts'
import { fold } from './fold.ts'
import { joinedNames, otherSpellings } from './other-spellings.ts'
import { looksDialled, phoneForms, spelledForms } from './phone-number.ts'
import { cutOctets, octetLength } from './text.ts'

/**
 * The control characters that the fields of the search text begin with; no folded text contains any. A field
 * stands between spaces, so "the first name starts with" is "contains the mark, a space and this".
 */
export const marks = {
  first_name: '\u0001',
  last_name: '\u0002',
  email: '\u0003',
  phone: '\u0004',
  other: '\u0005',
} as const

/** The parts of the search text in the order in which hits in them are listed. */
export const zones = ['names', 'company', 'emails', 'rest'] as const
export type Zone = (typeof zones)[number]
/** What a part ends with: a text stands in the names if it is found before their end. */
export const zoneEnds = { names: '\u0006', company: '\u0007', emails: '\u0008', rest: '' } as const

/**
 * What a text with Latin keys of words in other scripts begins with. It sorts behind every mark, so that a
 * comparison is enough to know that the capitals of such a key stand nowhere in a text.
 */
export const latinKeyMark = '\u000e'

/** Whether a text has Latin keys, or is a part of one: nothing else has capitals. */
export function hasLatinKey(text: string): boolean {
  return /[A-Z]/.test(text)
}

/** The most that is stored of a field, and so all that a search for the whole field may ask for. */
export const maxFieldOctets = 480
// What a row may have in the covering index. The first field of each kind always fits.
const maxSearchOctets = 2000
// Whoever fills a form has no more, and the folding of more would take time.
const maxOthers = 100

/** A field of the search text with its mark. */
type Field = { zone: Zone; text: string }

/**
 * The text that search reads: first and last name, e-mail and phone, then as far as there is room the
 * names in other spellings, other names, company, labels, and the other e-mails and phones. Phones are
 * in the ways they can be dialled, and as they are written.
 */
export function searchText(contact: Contact, labelNames: readonly string[] = []): string {
  const [email, ...emails] = contact.emails
  const [phone, ...phones] = contact.phones
  const first = [
    nameField('first_name', contact.first_name ?? ''),
    nameField('last_name', contact.last_name ?? ''),
    emailField(email),
    phoneField(phone),
  ]
  const more = [
    ...otherNames(contact, labelNames),
    ...alternating(
      emails.slice(0, maxOthers).map(emailField),
      phones.slice(0, maxOthers).map(phoneField),
    ),
  ]
  return joined(more.length === 0 ? first : withAsMuchAsFits(first, more))
}

/** The fields in the order of their zones. */
function joined(fields: readonly Field[]): string {
  let text = ''
  for (const zone of zones) {
    for (const field of fields) if (field.zone === zone) text += field.text
    text += zoneEnds[zone]
  }
  return hasLatinKey(text) ? latinKeyMark + text : text
}

function otherNames(contact: Contact, labelNames: readonly string[]): Field[] {
  const { first_name, last_name, nickname, company, middle_name } = contact
  const { phonetic_first_name, phonetic_middle_name, phonetic_last_name } = contact
  const fields: Field[] = []
  const add = (zone: Zone, folded: string) => {
    if (folded !== '') fields.push({ zone, text: marked('other', folded) })
  }
  const names = (zone: Zone, ...texts: (string | null)[]) => {
    for (const text of texts) if (text) add(zone, fold(text))
  }
  const spellings = (zone: Zone, ...texts: (string | null)[]) => {
    for (const text of texts) if (text) add(zone, otherSpellings(text))
  }
  names('names', joinedNames(last_name, first_name))
  spellings('names', first_name, last_name)
  names('names', nickname)
  names('company', company)
  names('names', middle_name)
  spellings('names', nickname, middle_name)
  spellings('company', company)
  names('rest', ...labelNames)
  spellings('rest', ...labelNames)
  names('names', phonetic_last_name, phonetic_first_name, phonetic_middle_name)
  names('names', joinedNames(phonetic_last_name, phonetic_first_name))
  return fields
}

/** One of each list after the other, so that a long one leaves room for the other. */
function alternating(one: readonly Field[], other: readonly Field[]): Field[] {
  const fields: Field[] = []
  for (let at = 0; at < Math.max(one.length, other.length); at++) {
    fields.push(...one.slice(at, at + 1), ...other.slice(at, at + 1))
  }
  return fields
}

/** Whole fields only: half an address would be found, and then not by its end. */
function withAsMuchAsFits(first: readonly Field[], more: readonly Field[]): Field[] {
  const all = [...first, ...more]
  if (surelyFits(all)) return all
  const fields = [...first]
  let left = maxSearchOctets - octetLength(latinKeyMark + joined(first))
  for (const field of more) {
    const octets = octetLength(field.text)
    if (octets > left) continue
    fields.push(field)
    left -= octets
  }
  return fields
}

/** Whether fields fit even if each of their characters takes the most octets. */
function surelyFits(fields: readonly Field[]): boolean {
  const length = fields.reduce(
    (sum, { text }) => sum + text.length,
    latinKeyMark.length + zones.length,
  )
  return 3 * length <= maxSearchOctets
}

function nameField(name: 'first_name' | 'last_name', text: string): Field {
  return { zone: 'names', text: marked(name, fold(text)) }
}

function emailField(email: { value: string } | undefined): Field {
  return { zone: 'emails', text: marked('email', fold(email?.value ?? '')) }
}

function phoneField(phone: { value: string } | undefined): Field {
  const folded = fold(phone?.value ?? '')
  const forms = phoneForms(folded).join(' ')
  if (folded === '' || looksDialled(folded)) return { zone: 'rest', text: marked('phone', forms) }
  const spelled = spelledForms(folded).join(' ')
  const text = `${forms} ${folded}${spelled && ` ${marks.phone} ${spelled}`}`
  return { zone: 'rest', text: marked('phone', text) }
}

/** A field as it is stored, the empty one too: who looks for no more than its start finds it. */
function marked(mark: keyof typeof marks, folded: string): string {
  const text = cutOctets(folded, maxFieldOctets)
  return text === '' ? `${marks[mark]} ` : `${marks[mark]} ${text} `
}
