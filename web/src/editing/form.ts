import {
  lists,
  recordOf,
  rulesOfList,
  textFields,
  type ListField,
  type TextField,
} from '@kith/server/book/fields'
import type { Contact } from '../worker/calls.ts'
import { birthdayParts, type BirthdayParts } from './birthday-parts.ts'

/** The fields of one text that the form shows as a text; the birthday has a field of its own. */
export type FormText = Exclude<TextField, 'birthday'>

/** An item of a list while it is edited: its parts by name, empty where the contact has null. */
export type Row = { key: string; parts: Record<string, string> }

/** What the form of a contact holds. Plain data: drafts are stored as they are. */
export type Form = {
  texts: Record<FormText, string>
  birthday: BirthdayParts
  lists: Record<ListField, Row[]>
  labelIds: string[]
  /** Names of labels that are made when the form is saved. */
  newLabels: string[]
  /** What stands in the field of labels and is none of the form yet. */
  typedLabel?: string
}

/** What of a contact the form edits. */
export type Editable = Pick<Contact, TextField | ListField | 'label_ids'>

export const formTexts = textFields.filter((field): field is FormText => field !== 'birthday')

const partsOfItems = {
  value: ['label', 'value'],
  messenger: ['label', 'service', 'value'],
  address: ['label', 'street', 'extended', 'po_box', 'postal_code', 'city', 'region', 'country'],
} as const

/** The names of the parts of a list's items. */
export function partsOf(list: ListField): readonly string[] {
  return partsOfItems[rulesOfList(list).item]
}

/** The form of a contact. */
export function formOf(contact: Editable): Form {
  return {
    texts: recordOf(formTexts, (field) => contact[field] ?? ''),
    birthday: birthdayParts(contact.birthday),
    lists: recordOf(lists, (list) => contact[list].map((item, at) => rowOf(list, item, at))),
    labelIds: [...contact.label_ids],
    newLabels: [],
  }
}

/** The form of a contact that is not there yet. */
export function emptyForm(): Form {
  return {
    texts: recordOf(formTexts, () => ''),
    birthday: birthdayParts(null),
    lists: recordOf(lists, () => []),
    labelIds: [],
    newLabels: [],
  }
}

function rowOf(list: ListField, item: object, at: number): Row {
  const texts = item as Record<string, string | null | undefined>
  return {
    key: `${list}-${at}`,
    parts: Object.fromEntries(partsOf(list).map((part) => [part, texts[part] ?? ''])),
  }
}

/** The ids of fields in the page, to which lists of faults link. */
export const birthdayField = 'birthday-day'
export const labelsField = 'labels'
export const textField = (field: TextField) => `field-${field}`
export const partField = (key: string, part: string) => `${key}-${part}`

/** The part that gets the focus in a new row. */
export const mainPartOf = (list: ListField) => (list === 'addresses' ? 'street' : 'value')
