import { emptyContact } from '../book/contact.ts'
import type { Address, Contact, LabelledValue, Messenger } from '../book/contact.ts'
import {
  lists,
  rulesOfList,
  rulesOfText,
  textFields,
  type ListField,
  type TextField,
} from '../book/fields.ts'
import { oneLine, manyLines } from '../book/text.ts'
import { addressPart, addressParts } from './fields/address-list.ts'
import { typedDate } from './fields/card-date.ts'
import { canonicalLabel } from './fields/label-forms.ts'
import { canonicalService } from './fields/messenger-services.ts'
import { phoneNumber } from './fields/text-lists.ts'

/**
 * A contact as a card gives it back: texts are trimmed and have no control characters, but line
 * breaks in fields that allow them; nothing is empty; known labels and services are in lower case;
 * dates are in ISO 8601.
 */
export function canonicalContact(contact: Contact): Contact {
  const canonical = emptyContact()
  for (const field of textFields) canonical[field] = canonicalText(field, contact[field])
  for (const list of lists) {
    if (list === 'addresses') canonical[list] = filled(contact[list].map(canonicalAddress))
    else if (list === 'messengers') canonical[list] = filled(contact[list].map(canonicalMessenger))
    else canonical[list] = filled(contact[list].map((item) => canonicalValue(list, item)))
  }
  return canonical
}

export function canonicalText(field: TextField, text: string | null): string | null {
  if (text === null) return null
  if (field === 'birthday') return typedDate(text)
  return rulesOfText(field).isMultiline ? manyLines(text) : oneLine(text)
}

/** @returns null for an item without a value, as the other functions for items do */
export function canonicalValue(list: ListField, item: LabelledValue): LabelledValue | null {
  const text = rulesOfList(list).isMultiline ? manyLines(item.value) : oneLine(item.value)
  if (text === null) return null
  const value = list === 'dates' ? (typedDate(text) ?? text) : text
  if (list === 'phones') {
    const number = phoneNumber(value)
    return number === null ? null : { label: canonicalLabel(item.label), value: number }
  }
  return { label: canonicalLabel(item.label), value }
}

export function canonicalAddress(address: Address): Address | null {
  const part = (key: (typeof addressParts)[number]) => addressPart(key, address[key] ?? '')
  const canonical = {
    label: canonicalLabel(address.label),
    street: part('street'),
    extended: part('extended'),
    po_box: part('po_box'),
    city: part('city'),
    region: part('region'),
    postal_code: part('postal_code'),
    country: part('country'),
  }
  return addressParts.some((key) => canonical[key] !== null) ? canonical : null
}

export function canonicalMessenger({ label, service, value }: Messenger): Messenger | null {
  const text = oneLine(value)
  if (text === null) return null
  return { label: canonicalLabel(label), service: canonicalService(service), value: text }
}

/** Category names as a card gives them back: each once. */
export function canonicalCategories(categories: readonly string[]): string[] {
  return [...new Set(categories.flatMap((category) => oneLine(category) ?? []))]
}

function filled<Item>(items: readonly (Item | null)[]): Item[] {
  return items.filter((item) => item !== null)
}
