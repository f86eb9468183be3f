import { parseBirthday } from '../book/birthday.ts'
import { readCellDate } from './cell-date.ts'
import type { Column } from './column.ts'
import { readContactLabels, readOwnContactLabels } from './contact-labels.ts'
import { addCustomField, type ColumnReader, type Draft } from './draft.ts'
import { lastNameOf, nameOf, repeats, splitName } from './full-name.ts'
import { headerKey } from './header-key.ts'
import { type TextColumn, usualValues } from './single-columns.ts'
import type { FileFormat } from './value-reader.ts'

const birthParts = ['birth_year', 'birth_month', 'birth_day'] as const
type BirthPart = (typeof birthParts)[number]
type AddCell = (draft: Draft, text: string, cells: string[]) => void

/** Whether a column is read after the others because it may only repeat their values. */
export function isLate({ as }: Column): boolean {
  return as === 'name' || as === 'echo' || as === 'usual' || as === 'unknown'
}

/** A reader of a column that is not one part of a value in several columns. */
export function columnReader(
  column: Column,
  index: number,
  headers: string[],
  columns: Column[],
  format: FileFormat,
): ColumnReader {
  const add = addCellOf(column, headers[index] ?? '', columns, format)
  return (cells, draft) => {
    const text = cells[index]
    if (text) add(draft, text, cells)
  }
}

function addCellOf(column: Column, header: string, columns: Column[], format: FileFormat): AddCell {
  switch (column.as) {
    case 'text':
      return (draft, text) => addText(draft, column.field, text, header)
    case 'name':
      return (draft, text) => {
        addName(draft, text, { header, isLastName: 'isLastName' in column && column.isLastName })
      }
    case 'echo':
      return (draft, text) => {
        const emails = draft.contact.emails.map(({ value }) => value)
        const known = [...nameOf(draft.contact), ...emails]
        if (!repeats(text, known)) addCustomField(draft, header, text)
      }
    case 'birthday':
      return (draft, text) => addBirthday(draft, text, format)
    case 'birth_year':
    case 'birth_month':
    case 'birth_day':
      return birthdayOfThree(column.as, columns, format)
    case 'groups':
      return (draft, text) => addLabels(draft, readLabelCell(header, text, format))
    case 'beyond':
      return (draft, text) => addBeyond(draft, header, text, format)
    case 'uid':
      return (draft, text) => (draft.uid = text)
    case 'usual':
      return (draft, text) => {
        if (!usualValues.has(text.toLowerCase())) addCustomField(draft, header, text)
      }
    default:
      return (draft, text) => addCustomField(draft, header, text)
  }
}

function addBeyond(draft: Draft, header: string, text: string, { isOwn }: FileFormat): void {
  if (isOwn) (draft.beyond ??= []).push({ label: header, value: text })
  else addCustomField(draft, header, text)
}

function addText(draft: Draft, field: TextColumn, text: string, header: string): void {
  const { contact } = draft
  if (contact[field] === null) contact[field] = text
  else if (contact[field] !== text) addCustomField(draft, header, text)
}

function addName(
  draft: Draft,
  text: string,
  { header, isLastName }: { header: string; isLastName: boolean },
): void {
  const { contact } = draft
  const { first_name: first, last_name: last } = contact
  const isNamed = nameOf({ ...contact, nickname: null, company: null }).some(Boolean)
  if (!isNamed && text !== contact.company) {
    Object.assign(contact, splitName(text))
    return
  }
  if (repeats(text, nameOf(contact))) return
  const rest = last === null && first !== null ? lastNameOf(text, first) : null
  if (rest !== null) contact.last_name = rest
  else if (isLastName && last === null) contact.last_name = text
  else addCustomField(draft, header, text)
}

/** Keeps a text that is no date, or a date in the future, as it was written. */
function addBirthday({ contact }: Draft, text: string, { isOwn, dateOrder }: FileFormat): void {
  const date = isOwn && parseBirthday(text) ? text : readCellDate(text, dateOrder)
  if (date === '') return
  if (date === null || !parseBirthday(date)) contact.dates.push({ label: 'birthday', value: text })
  else if (contact.birthday === null) contact.birthday = date
  else if (contact.birthday !== date) contact.dates.push({ label: 'birthday', value: date })
}

/**
 * Thunderbird has one column each for year, month and day: the first of them that a row has filled
 * reads all three.
 */
function birthdayOfThree(part: BirthPart, columns: Column[], format: FileFormat): AddCell {
  const parts = birthParts.map((name) => columns.findIndex(({ as }) => as === name))
  const own = birthParts.indexOf(part)
  return (draft, _, cells) => {
    const texts = parts.map((index) => cells[index] ?? '')
    if (texts.slice(0, own).some(Boolean)) return
    const [year, month = '', day = ''] = texts
    const monthDay = `${month.padStart(2, '0')}-${day.padStart(2, '0')}`
    const isDate = month !== '' && day !== ''
    const text = isDate ? `${year || '-'}-${monthDay}` : texts.filter(Boolean).join('-')
    addBirthday(draft, text, format)
  }
}

/** Google separates labels by `:::`, other programs by a comma or a semicolon. */
function readLabelCell(header: string, text: string, { isOwn }: FileFormat): string[] {
  if (isOwn) return readOwnContactLabels(text)
  const isGoogle = /^(?:labels|group membership)$/.test(headerKey(header))
  return isGoogle
    ? readContactLabels(text)
    : text.split(/[,;]/).flatMap((part) => readContactLabels(part.trim()))
}

function addLabels({ labels }: Draft, added: string[]): void {
  for (const label of added) {
    if (!labels.includes(label)) labels.push(label)
  }
}
