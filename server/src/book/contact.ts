import { lists, recordOf, textFields } from './fields.ts'
import type { ItemOf, listTable, textFieldTable } from './fields.ts'

/** A known label is in lower case, the user's own as typed; null without one. */
export type LabelledValue = { label: string | null; value: string }

export type Address = {
  label: string | null
  street: string | null
  /** Apartment, building or floor. */
  extended: string | null
  po_box: string | null
  city: string | null
  region: string | null
  postal_code: string | null
  country: string | null
}

/** `value` is a handle or address in the service, whose name is in lower case if it is a known one. */
export type Messenger = { label: string | null; service: string | null; value: string }

type Items = { value: LabelledValue; address: Address; messenger: Messenger }

/**
 * Everything Kith knows of a contact, under the names of the API. No text is empty: what is missing
 * is null. Lists are in the user's order; a value that its source marks as preferred is the first.
 */
export type Contact = {
  [Field in keyof typeof textFieldTable]: string | null
} & {
  [List in keyof typeof listTable]: Items[ItemOf<List>][]
}

const nothing: Contact = { ...recordOf(textFields, () => null), ...recordOf(lists, () => []) }

/** What an item of each kind of list is besides its `value` when nothing else is known. */
export const emptyItems = {
  value: { label: null },
  messenger: { label: null, service: null },
  address: {
    label: null,
    street: null,
    extended: null,
    po_box: null,
    city: null,
    region: null,
    postal_code: null,
    country: null,
  },
} satisfies { [Kind in keyof Items]: Omit<Items[Kind], 'value'> }

/** A contact of which nothing but this is known. */
export function contactWith(known: Partial<Contact>): Contact {
  return { ...emptyContact(), ...known }
}

/** A contact of which nothing is known; its lists are new ones. */
export function emptyContact(): Contact {
  const contact = { ...nothing }
  for (const list of lists) contact[list] = []
  return contact
}

/** How many labels a contact may have: a constraint of its table. */
export const maxLabelsOfContact = 100
