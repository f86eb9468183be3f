import { parseBirthday } from '../book/birthday.ts'
import {
  emptyContact,
  emptyItems,
  type Address,
  type Contact,
  type LabelledValue,
  type Messenger,
} from '../book/contact.ts'
import {
  firstValueFields,
  firstValueTable,
  lists,
  otherTextFields,
  rulesOfList,
  rulesOfText,
  simpleTextFields,
  textFields,
  type FirstValueField,
  type ListField,
} from '../book/fields.ts'
import { contactFormats } from '../book/formats.ts'
import { invalidField } from '../errors.ts'
import {
  canonicalAddress,
  canonicalMessenger,
  canonicalText,
  canonicalValue,
} from '../vcard/canonical.ts'
import { birthdayLabel, isShownAsDate } from './birthday-as-date.ts'
import type { NewContact } from './body-schema.ts'
import { existingValuesOf, type ExistingValues } from './existing-values.ts'
import { requireLimits, requireSpace } from './limits.ts'

type Item = LabelledValue | Address | Messenger

const otherFields = [...otherTextFields, ...lists]
const nameFields = textFields.filter((field) => rulesOfText(field).isName)

/**
 * Makes a new contact from the fields that a client sent.
 * @throws AppError `invalid`
 */
export function contactFrom(input: NewContact): Contact {
  const contact = withFields(emptyContact(), input)
  requireName(contact)
  return contact
}

/**
 * Replaces the fields of a contact. Absent fields of the simple shape are cleared, absent other
 * fields stay: a client that knows only the simple shape must not destroy what it cannot see. For the
 * same reason it cannot clear an e-mail or phone that is one of several: sent again, the same
 * request would clear the next one.
 * @throws AppError `invalid`
 */
export function applyPut(current: Contact, input: NewContact): Contact {
  const sent = { ...input }
  for (const field of simpleTextFields) sent[field] ??= null
  for (const field of firstValueFields) {
    const { list } = firstValueTable[field]
    if (list in input) continue
    if (current[list].length > 1 && !input[field]) delete sent[field]
    else sent[field] ??= null
  }
  return applyPatch(current, sent)
}

/**
 * Applies a JSON merge patch (RFC 7396) to a contact.
 * @throws AppError `invalid`
 */
export function applyPatch(current: Contact, patch: NewContact): Contact {
  requireLimits(existingValuesOf(current), patch)
  const next = withFields(current, patch)
  // A contact from a card may have no name: its other fields must still be editable.
  if (isNamed(current)) requireName(next)
  return next
}

function withFields(current: Contact, input: NewContact): Contact {
  const next = { ...current, ...otherFieldsOf(current, input) }
  const { first_name, last_name, additional_data } = input
  if (first_name !== undefined) next.first_name = first_name?.trim() || null
  if (last_name !== undefined) next.last_name = last_name?.trim() || null
  if (additional_data !== undefined) next.additional_data = additional_data || null
  return {
    ...next,
    ...birthdayAndDates(current, input, next.dates),
    emails: withFirst('email', next.emails, input.email?.trim(), input),
    phones: withFirst('phone', next.phones, input.phone?.trim() && input.phone, input),
  }
}

/** The fields beyond the simple shape that are sent, as the contact will hold them. */
function otherFieldsOf(current: Contact, input: NewContact): Partial<Contact> {
  if (!otherFields.some((field) => field in input)) return {}
  const existing = existingValuesOf(current)
  const sent = { ...textsOf(existing, input), ...listsOf(existing, input) }
  const next = { ...current, ...sent }
  for (const list of lists) requireFormat(list, next[list], existing)
  requireSpace(current, existing, next, sent)
  return sent
}

function textsOf(existing: ExistingValues, input: NewContact): Partial<Contact> {
  const texts: Partial<Contact> = {}
  for (const field of otherTextFields) {
    const text = input[field]
    if (text === undefined) continue
    texts[field] = existing.hasText(field, text) ? text : canonicalText(field, text)
  }
  return texts
}

/** The lists that are sent; parts that their items lack are null. */
function listsOf(existing: ExistingValues, input: NewContact): Partial<Contact> {
  const sent: Partial<Contact> = {}
  for (const list of lists) {
    if (input[list] === undefined) continue
    if (list === 'addresses') {
      const items = (input[list] ?? []).map((item) => ({ ...emptyItems.address, ...item }))
      sent[list] = itemsOf(existing, list, items, canonicalAddress)
    } else if (list === 'messengers') {
      const items = (input[list] ?? []).map((item) => ({ ...emptyItems.messenger, ...item }))
      sent[list] = itemsOf(existing, list, items, canonicalMessenger)
    } else {
      const items = (input[list] ?? []).map((item) => ({ ...emptyItems.value, ...item }))
      sent[list] = itemsOf(existing, list, items, (item) => canonicalValue(list, item))
    }
  }
  return sent
}

/** Existing items stay as they are, new ones become what a card would give back. */
function itemsOf<One extends Item>(
  existing: ExistingValues,
  list: ListField,
  items: One[],
  canonical: (item: One) => One | null,
): One[] {
  return items.map((item, at) => {
    if (existing.hasItem(list, item)) return item
    const clean = canonical(item)
    if (clean === null) throw invalidField(`/${list}/${at}`, 'has nothing in it.')
    return clean
  })
}

/**
 * Writes the first value of a list by its name in the simple shape: the value keeps its label, and
 * the others stay.
 */
function withFirst(
  field: FirstValueField,
  items: LabelledValue[],
  value: string | null | undefined,
  input: NewContact,
): LabelledValue[] {
  if (input[field] === undefined) return items
  const { list } = firstValueTable[field]
  const wanted = value || null
  if (input[list] !== undefined) {
    if ((items[0]?.value.trim() ?? null) === (wanted?.trim() ?? null)) return items
    throw invalidField(`/${field}`, `is not the first of /${list}.`)
  }
  const [first, ...others] = items
  if (wanted === null) return others
  return [{ label: first?.label ?? null, value: wanted }, ...others]
}

/**
 * The birthday after a change, and the dates without it: a birthday of the future is shown among the
 * dates, and stays the birthday until the client removes it from them.
 * @param dates those of the contact after the change
 */
function birthdayAndDates(
  current: Contact,
  input: NewContact,
  dates: LabelledValue[],
): Pick<Contact, 'birthday' | 'dates'> {
  const { birthday } = input
  if (birthday && birthday !== current.birthday) {
    if (!parseBirthday(birthday)) throw invalidField('/birthday', contactFormats.birthday.refusal)
    return { birthday, dates }
  }
  if (!isShownAsDate(current)) {
    return { birthday: birthday === undefined ? current.birthday : birthday || null, dates }
  }
  if (!input.dates) return { birthday: input.dates === null ? null : current.birthday, dates }
  const at = dates.findIndex(
    ({ label, value }) => label === birthdayLabel && value === current.birthday,
  )
  if (at < 0) return { birthday: null, dates }
  return { birthday: current.birthday, dates: dates.toSpliced(at, 1) }
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

/** Checks here what the schema cannot, which does not know the existing values. */
function requireFormat(list: ListField, items: readonly Item[], existing: ExistingValues): void {
  const { format } = rulesOfList(list)
  if (format === undefined) return
  const { isValid, refusal } = contactFormats[format]
  const at = items.findIndex(
    (item) =>
      'value' in item && !existing.hasPart(list, 'value', item.value) && !isValid(item.value),
  )
  if (at >= 0) throw invalidField(`/${list}/${at}/value`, refusal)
}
