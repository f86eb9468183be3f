import { oneLine, manyLines } from '../book/text.ts'
import type { LabelledValue, Messenger, Contact } from '../book/contact.ts'
import { addressPart, addressParts } from './fields/address-list.ts'
import { typedDate } from './fields/card-date.ts'
import { canonicalLabel } from './fields/label-forms.ts'
import { canonicalService } from './fields/messenger-services.ts'

/**
 * A contact as a card gives it back: trimmed, nothing empty, no control characters but line breaks
 * where there may be some, known labels and services in lower case, dates in ISO 8601.
 */
export function canonicalContact(contact: Contact): Contact {
  const line = (key: keyof Contact) => oneLine((contact[key] as string | null) ?? '')
  return {
    prefix: line('prefix'),
    first_name: line('first_name'),
    middle_name: line('middle_name'),
    last_name: line('last_name'),
    suffix: line('suffix'),
    phonetic_first_name: line('phonetic_first_name'),
    phonetic_middle_name: line('phonetic_middle_name'),
    phonetic_last_name: line('phonetic_last_name'),
    nickname: line('nickname'),
    company: line('company'),
    department: line('department'),
    job_title: line('job_title'),
    birthday: contact.birthday === null ? null : typedDate(contact.birthday),
    additional_data: manyLines(contact.additional_data ?? ''),
    emails: labelled(contact.emails, oneLine),
    phones: labelled(contact.phones, oneLine),
    addresses: contact.addresses.map(canonicalAddress).filter(hasPart),
    links: labelled(contact.links, oneLine),
    messengers: contact.messengers.flatMap(canonicalMessenger),
    dates: labelled(contact.dates, (text) => {
      const day = oneLine(text)
      return day === null ? null : (typedDate(day) ?? day)
    }),
    relations: labelled(contact.relations, oneLine),
    custom_fields: labelled(contact.custom_fields, manyLines),
  }
}

/** Category names as a card gives them back: each once. */
export function canonicalCategories(categories: readonly string[]): string[] {
  return [...new Set(categories.flatMap((category) => oneLine(category) ?? []))]
}

function labelled(
  items: readonly LabelledValue[],
  clean: (text: string) => string | null,
): LabelledValue[] {
  return items.flatMap(({ label, value }) => {
    const text = clean(value)
    return text === null ? [] : [{ label: canonicalLabel(label), value: text }]
  })
}

function canonicalAddress(address: Contact['addresses'][number]) {
  const part = (key: (typeof addressParts)[number]) => addressPart(key, address[key] ?? '')
  return {
    label: canonicalLabel(address.label),
    street: part('street'),
    extended: part('extended'),
    po_box: part('po_box'),
    city: part('city'),
    region: part('region'),
    postal_code: part('postal_code'),
    country: part('country'),
  }
}

function hasPart(address: Contact['addresses'][number]): boolean {
  return addressParts.some((key) => address[key] !== null)
}

function canonicalMessenger({ label, service, value }: Messenger): Messenger[] {
  const text = oneLine(value)
  if (text === null) return []
  return [{ label: canonicalLabel(label), service: canonicalService(service), value: text }]
}
