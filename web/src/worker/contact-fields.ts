import type { Contact, Patch } from './calls.ts'

/** The fields that hold one text. */
export const textFields = [
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
  'department',
  'job_title',
  'birthday',
  'additional_data',
] as const satisfies (keyof Contact)[]

/** The fields that hold a list of values, addresses or handles. */
export const listFields = [
  'emails',
  'phones',
  'addresses',
  'links',
  'messengers',
  'dates',
  'relations',
  'custom_fields',
] as const satisfies (keyof Contact)[]

export type TextField = (typeof textFields)[number]
export type ListField = (typeof listFields)[number]
/** A field that can be edited. `email` and `phone` are the first of `emails` and `phones`. */
export type Field = TextField | ListField | 'label_ids'

export type Item<List extends ListField = ListField> = Contact[List][number]

/** What a patch sets, in the shape in which a contact has it. */
export type Values = { [Name in Field]?: Contact[Name] }

export const fields: readonly Field[] = [...textFields, ...listFields, 'label_ids']

const isKnown = new Set<string>(fields)

export function isField(name: string): name is Field {
  return isKnown.has(name)
}

export function isListField(name: string): name is ListField {
  return (listFields as readonly string[]).includes(name)
}

/** A contact of which nothing is known. */
export function emptyContact(id: string, at: string): Contact {
  const nothing = Object.fromEntries(textFields.map((field) => [field, null]))
  const lists = Object.fromEntries(listFields.map((list) => [list, []]))
  const rest = { id, revision: '', created_at: at, updated_at: at, photo: null, label_ids: [] }
  return { ...nothing, ...lists, email: null, phone: null, ...rest } as unknown as Contact
}

const emptyItem = {
  addresses: {
    label: null,
    street: null,
    extended: null,
    po_box: null,
    city: null,
    region: null,
    postal_code: null,
    country: null,
  },
  messengers: { label: null, service: null },
  values: { label: null },
}

/**
 * What a patch changes of a contact, as whole fields of it: a text that is empty is null, and `email` and
 * `phone` are written into their lists. Fields that stay as they are, are left out.
 */
export function valuesOf(current: Contact, patch: Patch): Values {
  const values: Record<string, unknown> = {}
  for (const field of textFields) {
    const text = patch[field]
    if (text !== undefined) values[field] = text?.trim() || null
  }
  for (const list of listFields) {
    const items = patch[list]
    if (items !== undefined) values[list] = (items ?? []).map((item) => complete(list, item))
  }
  for (const [field, list] of firstFields) {
    const value = patch[field]
    if (value === undefined || list in values) continue
    const [first, ...others] = current[list]
    values[list] = value?.trim()
      ? [{ label: first?.label ?? null, value: value.trim() }, ...others]
      : others
  }
  if (patch.label_ids !== undefined) values['label_ids'] = patch.label_ids ?? []
  for (const [field, value] of Object.entries(values)) {
    if (isField(field) && isSame(current[field], value)) delete values[field]
  }
  return values
}

const firstFields = [
  ['email', 'emails'],
  ['phone', 'phones'],
] as const

function complete(list: ListField, item: object): object {
  const empty = list === 'addresses' || list === 'messengers' ? emptyItem[list] : emptyItem.values
  const parts = Object.entries(item).map(([name, part]) => [name, part === '' ? null : part])
  return { ...empty, ...Object.fromEntries(parts) }
}

/** The contact with these values. */
export function withValues(contact: Contact, values: Values): Contact {
  const next = { ...contact, ...values }
  return { ...next, email: next.emails[0]?.value ?? null, phone: next.phones[0]?.value ?? null }
}

/** The fields of a contact that these values would change. */
export function fieldsIn(values: Values): Field[] {
  return Object.keys(values).filter(isField)
}

/** The values that a contact has in these fields. */
export function pick(contact: Contact, names: readonly Field[]): Values {
  return Object.fromEntries(names.map((name) => [name, contact[name]]))
}

/** Whether two values of a field are equal; parts of an item may stand in any order. */
export function isSame(one: unknown, other: unknown): boolean {
  if (one === other) return true
  if (typeof one !== 'object' || typeof other !== 'object' || !one || !other) return false
  const keys = Object.keys(one)
  if (keys.length !== Object.keys(other).length) return false
  return keys.every((key) =>
    isSame((one as Record<string, unknown>)[key], (other as Record<string, unknown>)[key]),
  )
}
