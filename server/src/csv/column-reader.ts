import { parseBirthday } from '../book/birthday.ts'
import type { Column } from './column.ts'
import { readCellDate } from './cell-date.ts'
import { addCustomField, type Draft, type ColumnReader } from './draft.ts'
import { nameOf, repeats, splitName } from './full-name.ts'
import type { FileFormat } from './value-reader.ts'
import { headerKey } from './header-key.ts'
import { readContactLabels, readOwnContactLabels } from './labels.ts'
import { type TextField, usualValues } from './single-columns.ts'

const birthParts = ['birth_year', 'birth_month', 'birth_day'] as const
type BirthPart = (typeof birthParts)[number]
type AddCell = (draft: Draft, text: string, cells: string[]) => void

/** Columns that can say again what others said are read after them. */
export function isLate({ as }: Column): boolean {
  return as === 'name' || as === 'echo' || as === 'usual' || as === 'unknown'
}

/** Reads a column that is a value of its own. */
export function columnReader(
  column: Column,
  index: number,
  headers: string[],
  columns: Column[],
  origin: FileFormat,
): ColumnReader {
  const add = addCellOf(column, headers[index] ?? '', columns, origin)
  return (cells, draft) => {
    const text = cells[index]
    if (text) add(draft, text, cells)
  }
}

function addCellOf(column: Column, header: string, columns: Column[], origin: FileFormat): AddCell {
  switch (column.as) {
    case 'text':
      return (draft, text) => addText(draft, column.field, text, header)
    case 'name':
      return (draft, text) => addName(draft, text, header)
    case 'echo':
      return (draft, text) => {
        const said = [...nameOf(draft.contact), ...draft.contact.emails.map(({ value }) => value)]
        if (!repeats(text, said)) addCustomField(draft, header, text)
      }
    case 'birthday':
      return (draft, text) => addBirthday(draft, text, origin)
    case 'birth_year':
    case 'birth_month':
    case 'birth_day':
      return birthdayOfThree(column.as, columns, origin)
    case 'groups':
      return (draft, text) => addLabels(draft, readLabelCell(header, text, origin))
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

function addText(draft: Draft, field: TextField, text: string, header: string): void {
  const { contact } = draft
  if (contact[field] === null) contact[field] = text
  else if (contact[field] !== text) addCustomField(draft, header, text)
}

function addName(draft: Draft, text: string, header: string): void {
  const { contact } = draft
  const isNamed = nameOf({ ...contact, nickname: null, company: null }).some(Boolean)
  if (!isNamed && text !== contact.company) Object.assign(contact, splitName(text))
  else if (!repeats(text, nameOf(contact))) addCustomField(draft, header, text)
}

/** What is no date, or lies in the future, is kept as it was written. */
function addBirthday({ contact }: Draft, text: string, { isOwn, dateOrder }: FileFormat): void {
  const date = isOwn && parseBirthday(text) ? text : readCellDate(text, dateOrder)
  if (date === '') return
  if (date === null || !parseBirthday(date)) contact.dates.push({ label: 'birthday', value: text })
  else if (contact.birthday === null) contact.birthday = date
  else if (contact.birthday !== date) contact.dates.push({ label: 'birthday', value: date })
}

/** Thunderbird has a column each for year, month and day: the first that is filled reads all. */
function birthdayOfThree(part: BirthPart, columns: Column[], origin: FileFormat): AddCell {
  const parts = birthParts.map((name) => columns.findIndex(({ as }) => as === name))
  const own = birthParts.indexOf(part)
  return (draft, _, cells) => {
    const texts = parts.map((index) => cells[index] ?? '')
    if (texts.slice(0, own).some(Boolean)) return
    const [year, month = '', day = ''] = texts
    const monthDay = `${month.padStart(2, '0')}-${day.padStart(2, '0')}`
    const isDate = month !== '' && day !== ''
    const text = isDate ? `${year || '-'}-${monthDay}` : texts.filter(Boolean).join('-')
    addBirthday(draft, text, origin)
  }
}

/** Google parts labels by `:::`; elsewhere a comma or a semicolon does. */
function readLabelCell(header: string, text: string, { isOwn }: FileFormat): string[] {
  if (isOwn) return readOwnContactLabels(text)
  const isGoogle = /^(?:labels|group membership)$/.test(headerKey(header))
  return isGoogle
    ? readContactLabels(text)
    : text.split(/[,;]/).flatMap((part) => readContactLabels(part.trim()))
}

function addLabels({ labels }: Draft, groups: string[]): void {
  for (const group of groups) if (!labels.includes(group)) labels.push(group)
}
