import { parseBirthday } from '../book/birthday.ts'
import { invalidField } from '../errors.ts'
import { contactFormats } from '../book/formats.ts'
import { canonicalContact } from '../vcard/canonical.ts'
import { birthdayLabel, isShownAsDate } from './birthday-as-date.ts'
import { isList, existingValuesOf, type ExistingValues } from './existing-values.ts'
import { requireLimits, requireSpace } from './limits.ts'
import type { NewContact } from './body-schema.ts'
import {
  emptyContact,
  lists,
  textFields,
  contactWith,
  type Address,
  type LabelledValue,
  type Contact,
} from '../book/contact.ts'

type List = (typeof lists)[number]
type Named = 'emails' | 'phones'

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
] as const satisfies (keyof Contact)[]

/**
 * What a new contact's fields make of it.
 * @throws AppError `invalid`
 */
export function contactFrom(input: NewContact): Contact {
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
export function applyPut(current: Contact, input: NewContact): Contact {
  const sent = { ...input }
  for (const field of simpleFields) {
    const isFirstOfList = field === 'email' || field === 'phone'
    if (isFirstOfList && `${field}s` in input) continue
    const isOneOfMany = isFirstOfList && current[`${field}s`].length > 1
    if (isOneOfMany && !input[field]) delete sent[field]
    else sent[field] ??= null
  }
  return applyPatch(current, sent)
}

/**
 * A contact with a JSON merge patch (RFC 7396) on it.
 * @throws AppError `invalid`
 */
export function applyPatch(current: Contact, patch: NewContact): Contact {
  requireLimits(existingValuesOf(current), patch)
  const next = withFields(current, patch)
  // One that came as a card may have no name: that is no reason to refuse a change of its notes.
  if (isNamed(current)) requireName(next)
  return next
}

function withFields(current: Contact, input: NewContact): Contact {
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
function moreOf(current: Contact, input: NewContact): Partial<Contact> {
  const kept = existingValuesOf(current)
  const more: Record<string, unknown> = {}
  for (const field of moreFields) {
    const value = input[field]
    if (value === undefined) continue
    if (isList(field)) more[field] = itemsOf(kept, field, (value ?? []) as object[])
    else if (kept.hasText(field, null, value)) more[field] = value
    else more[field] = canonicalContact(contactWith({ [field]: value }))[field]
  }
  const next = { ...current, ...more }
  requireFormat('emails', next.emails, kept, contactFormats['contact-email'])
  requireFormat('phones', next.phones, kept, contactFormats.phone)
  requireSpace(current, kept, next, more)
  return more
}

/** What is there already stays as it is; what is new becomes what a card would give back. */
function itemsOf(kept: ExistingValues, list: List, items: object[]): object[] {
  const whole = items.map((item) => withParts(list, item))
  const isNew = whole.map((item) => !kept.hasItem(list, item))
  const clean = canonicalContact(contactWith({ [list]: whole.filter((_, at) => isNew[at]) }))[list]
  requireFilled(list, whole, isNew)
  const cleaned = clean.values()
  return whole.map((item, at) => (isNew[at] ? (cleaned.next().value ?? item) : item))
}

/**
 * Writes the first of a list by its name in the simple shape: it keeps its label, and the others
 * stay.
 */
function withFirst(
  field: 'email' | 'phone',
  items: LabelledValue[],
  value: string | null | undefined,
  input: NewContact,
): LabelledValue[] {
  if (!(field in input) || input[field] === undefined) return items
  const wanted = value || null
  if (input[`${field}s`] !== undefined) {
    if ((items[0]?.value.trim() ?? null) === (wanted?.trim() ?? null)) return items
    throw invalidField(`/${field}`, `is not the first of /${field}s.`)
  }
  const [first, ...others] = items
  if (wanted === null) return others
  return [{ label: first?.label ?? null, value: wanted }, ...others]
}

/** A birthday that is shown among the dates is there until it is taken away from them. */
function birthdayOf(current: Contact, input: NewContact, next: Contact): string | null {
  const { birthday } = input
  if (birthday && birthday !== current.birthday) {
    if (!parseBirthday(birthday)) throw invalidField('/birthday', contactFormats.birthday.refusal)
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

function requireName(contact: Contact): void {
  if (isNamed(contact)) return
  throw invalidField(
    '/first_name',
    'is needed, or another part of the name, a nickname, a company, an e-mail or a phone.',
  )
}

function isNamed(contact: Contact): boolean {
  return (
    contact.emails.length > 0 ||
    contact.phones.length > 0 ||
    nameFields.some((field) => contact[field] !== null)
  )
}

function requireFilled(list: List, items: object[], isNew: boolean[]): void {
  const at = items.findIndex((item, at) => {
    const { label: _label, service: _service, ...parts } = item as Record<string, string | null>
    return isNew[at] && Object.values(parts).every((text) => !visible(text ?? ''))
  })
  if (at >= 0) throw invalidField(`/${list}/${at}`, 'has nothing in it.')
}

function visible(text: string): string {
  return text.replaceAll(/\p{Cc}/gu, '').trim()
}

/** The schema cannot tell which values are there already. */
function requireFormat(
  list: Named,
  items: LabelledValue[],
  kept: ExistingValues,
  { isValid, refusal }: { isValid: (text: string) => boolean; refusal: string },
): void {
  const at = items.findIndex(({ value }) => !kept.hasText(list, 'value', value) && !isValid(value))
  if (at >= 0) throw invalidField(`/${list}/${at}/value`, refusal)
}

/** Absent parts are null. */
function withParts(list: List, item: object): object {
  if (list === 'addresses') return { ...emptyAddress, ...item }
  return { label: null, ...(list === 'messengers' && { service: null }), ...item }
}
