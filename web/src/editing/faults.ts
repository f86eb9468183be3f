import {
  lists,
  rulesOfList,
  rulesOfText,
  textFields,
  type ListField,
} from '@kith/server/book/fields'
import { isSame } from '../data/is-same.ts'
import { readBirthday } from './birthday-parts.ts'
import { birthdayField, formTexts, partField, textField, type Form, type Row } from './form.ts'
import { filledRows, isFilled } from './patch.ts'

export type FaultReason =
  | 'name-needed'
  | 'too-long'
  | 'too-many'
  | 'email'
  | 'phone'
  | 'birthday-incomplete'
  | 'birthday-year'
  | 'birthday-no-such-day'
  | 'birthday-future'

/** What is wrong with a field: a reason of ours, or a sentence of the server's. `max`: in characters. */
export type Fault = { field: string; list?: ListField } & (
  | { reason: Exclude<FaultReason, 'too-long'> }
  | { reason: 'too-long'; max: number }
  | { sentence: string }
)

const maxRows = 100
const maxLabelLength = 200
// What the server refuses for certain. It knows more of domains, and has the last word.
const email = /^[^\s@<>()[\]\\,;:"\p{Cc}]{1,64}@[^\s@/]+\.[^\s@./]{2,}$/u

/**
 * What the server would refuse of a form, in the order of the fields. Values that the contact had
 * before are right whatever they are: they may come from a card.
 */
export function faultsOf(form: Form, base: Form): Fault[] {
  return [
    ...nameFaults(form, base),
    ...textFaults(form, base),
    ...lists.flatMap((list) => listFaults(list, form, base)),
    ...birthdayFaults(form, base),
  ]
}

function nameFaults(form: Form, base: Form): Fault[] {
  if (isNamed(form) || (!isNamed(base) && !isEmpty(base))) return []
  return [{ field: textField('first_name'), reason: 'name-needed' }]
}

function isNamed(form: Form): boolean {
  const names = formTexts.filter((field) => rulesOfText(field).isName)
  if (names.some((field) => form.texts[field].trim() !== '')) return true
  return form.lists.emails.some(isFilled) || form.lists.phones.some(isFilled)
}

function isEmpty(form: Form): boolean {
  return (
    formTexts.every((field) => form.texts[field] === '') &&
    lists.every((list) => form.lists[list].length === 0)
  )
}

function textFaults(form: Form, base: Form): Fault[] {
  return formTexts
    .filter((field) => form.texts[field] !== base.texts[field])
    .map((field) => ({ field, max: rulesOfText(field).maxLength }))
    .filter(({ field, max }) => lengthOf(form.texts[field].trim()) > max)
    .map(({ field, max }) => ({ field: textField(field), reason: 'too-long', max }))
}

function listFaults(list: ListField, form: Form, base: Form): Fault[] {
  const before = base.lists[list]
  const values = new Set(before.map((row) => row.parts['value']))
  const faults = filledRows(list, form)
    .filter((row) => !before.some((old) => isSame(old, row)))
    .flatMap((row): Fault[] => rowFaults(list, row, values))
  const rows = filledRows(list, form)
  const last = rows.at(-1)
  if (last && rows.length > Math.max(maxRows, before.length)) {
    faults.push({ field: partField(last.key, 'value'), list, reason: 'too-many' })
  }
  return faults
}

function rowFaults(list: ListField, row: Row, existing: Set<string | undefined>): Fault[] {
  const { maxLength, format } = rulesOfList(list)
  const faults: Fault[] = []
  for (const [part, text] of Object.entries(row.parts)) {
    const max = part === 'label' || part === 'service' ? maxLabelLength : maxLength
    if (lengthOf(text.trim()) <= max) continue
    faults.push({ field: partField(row.key, part), list, reason: 'too-long', max })
  }
  const value = row.parts['value']?.trim() ?? ''
  if (existing.has(row.parts['value'])) return faults
  const field = partField(row.key, 'value')
  if (format === 'contact-email' && !email.test(value))
    faults.push({ field, list, reason: 'email' })
  if (format === 'phone' && !/\p{Nd}/u.test(value)) faults.push({ field, list, reason: 'phone' })
  return faults
}

function birthdayFaults(form: Form, base: Form): Fault[] {
  if (isSame(form.birthday, base.birthday)) return []
  const read = readBirthday(form.birthday)
  return 'fault' in read ? [{ field: birthdayField, reason: `birthday-${read.fault}` }] : []
}

/** In Unicode characters, as the server counts. */
function lengthOf(text: string): number {
  return Array.from(text).length
}

/**
 * The field of a form that a JSON pointer of the server's names; null for one that the form lacks.
 * Pointers count the rows that were sent.
 */
export function fieldAt(pointer: string, form: Form): { field: string; list?: ListField } | null {
  const [name = '', index, part = 'value'] = pointer.slice(1).split('/')
  if (name === 'birthday') return { field: birthdayField }
  if (name === 'email' || name === 'phone') return fieldAt(`/${name}s/0/value`, form)
  if (name === 'label_ids' || name === 'labels') return { field: 'labels' }
  const text = textFields.find((field) => field === name)
  if (text) return { field: textField(text) }
  const list = lists.find((list) => list === name)
  if (!list) return null
  const rows = filledRows(list, form)
  const row = rows[index === undefined ? rows.length - 1 : Number(index)]
  if (!row) return null
  const known = part in row.parts ? part : (Object.keys(row.parts).find(isMain) ?? 'label')
  return { field: partField(row.key, known), list }
}

const isMain = (part: string) => part === 'value' || part === 'street'
