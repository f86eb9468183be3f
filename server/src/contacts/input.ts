import { parseBirthday } from '../birthdays/birthday.ts'
import { invalidField } from '../errors.ts'
import { formats } from '../http/formats.ts'
import { canonicalContact } from '../vcard/canonical.ts'
import { birthdayLabel, isShownAsDate } from './birthday-as-date.ts'
import type { NewContact } from './schema.ts'
import {
  emptyContact,
  lists,
  textFields,
  wholeFrom,
  type Address,
  type Labelled,
  type WholeContact,
} from './whole-contact.ts'

type Named = 'emails' | 'phones'

const maxOctets = 64 * 1024
const simpleFields = [
  'first_name',
  'last_name',
  'email',
  'phone',
  'birthday',
  'additional_data',
] as const
const simple = new Set<string>(simpleFields)
const moreFields = [...textFields, ...lists].filter((field) => !simple.has(field))
const emptyAddress: Address = {
  label: null,
  street: null,
  extended: null,
  po_box: null,
  city: null,
  region: null,
  postal_code: null,
  country: null,
}
const nameFields = [
  'prefix',
  'first_name',
  'middle_name',
  'last_name',
  'suffix',
  'phonetic_first_name',
  'phonetic_middle_name',
  'phonetic_last_name',
  'nickname',
  'company',
] as const satisfies (keyof WholeContact)[]

/**
 * What a new contact's fields make of it.
 * @throws AppError `invalid`
 */
export function contactFrom(input: NewContact): WholeContact {
  const contact = withFields(emptyContact(), input)
  requireName(contact)
  return contact
}

/**
 * A contact with those fields instead; of the simple ones, what is absent is cleared, since a client
 * that knows no others may not destroy what it cannot see. So it may not clear an e-mail or phone
 * that is one of several either: the same request once more would clear the next one.
 * @throws AppError `invalid`
 */
export function replaced(current: WholeContact, input: NewContact): WholeContact {
  const sent = { ...input }
  for (const field of simpleFields) {
    const isFirstOfList = field === 'email' || field === 'phone'
    if (isFirstOfList && `${field}s` in input) continue
    const isOneOfMany = isFirstOfList && current[`${field}s`].length > 1
    if (isOneOfMany && !input[field]) delete sent[field]
    else sent[field] ??= null
  }
  return patched(current, sent)
}

/**
 * A contact with a JSON merge patch (RFC 7396) on it.
 * @throws AppError `invalid`
 */
export function patched(current: WholeContact, patch: NewContact): WholeContact {
  const next = withFields(current, patch)
  // One that came as a card may have no name: that is no reason to refuse a change of its notes.
  if (isNamed(current)) requireName(next)
  return next
}

function withFields(current: WholeContact, input: NewContact): WholeContact {
  const next = { ...current }
  if (moreFields.some((field) => field in input)) Object.assign(next, moreOf(current, input))
  const { first_name, last_name, additional_data } = input
  if (first_name !== undefined) next.first_name = first_name?.trim() || null
  if (last_name !== undefined) next.last_name = last_name?.trim() || null
  if (additional_data !== undefined) next.additional_data = additional_data || null
  next.birthday = birthdayOf(current, input, next)
  next.emails = withFirst('email', next.emails, input.email?.trim(), input)
  next.phones = withFirst('phone', next.phones, input.phone?.trim() && input.phone, input)
  return next
}

/** The fields beyond the simple ones that are sent, as the contact will hold them. */
function moreOf(current: WholeContact, input: NewContact): Partial<WholeContact> {
  const sent: Record<string, unknown> = {}
  for (const field of moreFields) {
    const value = input[field]
    if (value !== undefined) sent[field] = isList(field) ? partsOf(field, value) : value
  }
  const clean = canonicalContact(wholeFrom(sent))
  const more: Record<string, unknown> = {}
  for (const field of moreFields) {
    if (!(field in sent)) continue
    more[field] = clean[field]
    if (isList(field)) requireFilled(field, sent[field] as WholeContact[typeof field])
  }
  if (input.emails) requireFormat('emails', clean.emails, current.emails, formats['contact-email'])
  if (input.phones) requireFormat('phones', clean.phones, current.phones, formats.phone)
  requireRoom(current, { ...current, ...more }, more)
  return more
}

/**
 * Writes the first of a list by its name in the simple shape: it keeps its label, and the others
 * stay.
 */
function withFirst(
  field: 'email' | 'phone',
  items: Labelled[],
  value: string | null | undefined,
  input: NewContact,
): Labelled[] {
  if (!(field in input) || input[field] === undefined) return items
  const wanted = value || null
  if (input[`${field}s`] !== undefined) {
    if ((items[0]?.value ?? null) === (wanted?.trim() ?? null)) return items
    throw invalidField(`/${field}`, `is not the first of /${field}s.`)
  }
  const [first, ...others] = items
  if (wanted === null) return others
  return [{ label: first?.label ?? null, value: wanted }, ...others]
}

/** A birthday that is shown among the dates is there until it is taken away from them. */
function birthdayOf(current: WholeContact, input: NewContact, next: WholeContact): string | null {
  const { birthday } = input
  if (birthday && birthday !== current.birthday) {
    if (!parseBirthday(birthday)) throw invalidField('/birthday', formats.birthday.refusal)
    return birthday
  }
  if (!isShownAsDate(current)) return birthday === undefined ? current.birthday : birthday || null
  if (!input.dates) return input.dates === null ? null : current.birthday
  const at = next.dates.findIndex(
    ({ label, value }) => label === birthdayLabel && value === current.birthday,
  )
  if (at < 0) return null
  next.dates = next.dates.toSpliced(at, 1)
  return current.birthday
}

function requireName(contact: WholeContact): void {
  if (isNamed(contact)) return
  throw invalidField(
    '/first_name',
    'is needed, or another part of the name, a nickname, a company, an e-mail or a phone.',
  )
}

function isNamed(contact: WholeContact): boolean {
  return (
    contact.emails.length > 0 ||
    contact.phones.length > 0 ||
    nameFields.some((field) => contact[field] !== null)
  )
}

function requireFilled(list: (typeof lists)[number], items: WholeContact[typeof list]): void {
  const at = items.findIndex((item) => {
    const { label: _label, ...parts } = item
    const texts = 'value' in item ? [item.value] : Object.values(parts)
    return texts.every((text) => !text?.replaceAll(/\p{Cc}/gu, '').trim())
  })
  if (at >= 0) throw invalidField(`/${list}/${at}`, 'has nothing in it.')
}

/** What is there already may stay: it may have come in a card, which nobody may be refused for. */
function requireFormat(
  list: Named,
  items: Labelled[],
  current: Labelled[],
  { isValid, refusal }: { isValid: (text: string) => boolean; refusal: string },
): void {
  const known = new Set(current.map(({ value }) => value))
  const at = items.findIndex(({ value }) => !known.has(value) && !isValid(value))
  if (at >= 0) throw invalidField(`/${list}/${at}/value`, refusal)
}

function requireRoom(
  current: WholeContact,
  next: WholeContact,
  sent: Record<string, unknown>,
): void {
  const octets = octetsOf(next)
  if (octets <= maxOctets || octets <= octetsOf(current)) return
  const [largest = ''] = Object.keys(sent).sort((a, b) => octetsOf(sent[b]) - octetsOf(sent[a]))
  throw invalidField(`/${largest}`, 'is too large: all fields together have at most 64 KiB.')
}

function octetsOf(value: unknown): number {
  return Buffer.byteLength(JSON.stringify(value))
}

function isList(field: string): field is (typeof lists)[number] {
  return (lists as readonly string[]).includes(field)
}

function partsOf(list: (typeof lists)[number], items: unknown): object[] {
  return ((items ?? []) as object[]).map((item) => withParts(list, item))
}

/** Absent parts are null. */
function withParts(list: (typeof lists)[number], item: object): object {
  if (list === 'addresses') return { ...emptyAddress, ...item }
  return { label: null, ...(list === 'messengers' && { service: null }), ...item }
}
