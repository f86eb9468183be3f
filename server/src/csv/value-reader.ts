import type { DateOrder } from '../book/date-text.ts'
import type { ListField } from '../book/fields.ts'
import { readCellDate } from './cell-date.ts'
import { visibleText } from './cell-text.ts'
import { composeAddress } from './compose-address.ts'
import { addCustomField, type ColumnReader, type Draft } from './draft.ts'
import { emailsInCell } from './email-cell.ts'
import { splitJoined } from './joined-values.ts'
import { readService } from './messenger-service.ts'
import { readOwnValueLabel, readValueLabel } from './value-label.ts'

/** Columns that together hold one value of a list; `columns` has the index of each part. */
export type ValueColumns = { list: ListField; label: string | null; columns: Map<string, number> }

/** Cells of our own files are taken literally; those of others are trimmed and interpreted. */
export type FileFormat = { isOwn: boolean; dateOrder: DateOrder }

export function valueReader(
  valueColumns: ValueColumns,
  headers: string[],
  format: FileFormat,
): ColumnReader {
  const { list } = valueColumns
  const columns = [...valueColumns.columns]
  const formattedHeader = headers[valueColumns.columns.get('formatted') ?? -1] ?? ''
  return (cells, draft) => {
    if (columns.every(([, index]) => !cells[index])) return
    for (const parts of valuesOf(valueColumns, columns, cells, format)) {
      const { label, isPreferred } = valueLabelOf(valueColumns, parts, format)
      if (list === 'addresses') {
        const { address, remainder } = composeAddress(parts, label)
        if (address !== null) insert(draft, list, address, isPreferred)
        addCustomField(draft, formattedHeader, remainder)
        continue
      }
      const value = valueOf(list, parts, format)
      if (value === '') continue
      if (list === 'messengers') {
        const service = serviceOf(parts, format)
        insert(draft, list, { label, service, value }, isPreferred)
      } else if (list === 'emails' && !format.isOwn) {
        for (const email of emailsInCell(value)) {
          insert(draft, list, { label: label ?? email.name, value: email.value }, isPreferred)
        }
      } else {
        insert(draft, list, { label, value }, isPreferred)
      }
    }
  }
}

type Parts = Map<string, string>

/**
 * The values of a row in some columns. Google joins the values of one label in a single cell for each
 * part; Outlook joins the names of children.
 */
function valuesOf(
  { label }: ValueColumns,
  columns: [string, number][],
  cells: string[],
  { isOwn }: FileFormat,
): Parts[] {
  const areChildren = label === 'child'
  const isJoined = areChildren || columns.some(([, index]) => cells[index]?.includes(':::'))
  if (isOwn || !isJoined) {
    return [new Map(columns.map(([part, index]) => [part, cells[index] ?? '']))]
  }
  const split = columns.map(([part, index]): [string, string[]] => {
    const values = splitJoined(cells[index] ?? '')
    return [part, areChildren ? values.flatMap((value) => value.split(/[;,]/)) : values]
  })
  const count = Math.max(...split.map(([, values]) => values.length))
  return Array.from({ length: count }, (_, at) => {
    const parts = split.map(([part, values]): [string, string] => {
      return [part, (values[at] ?? (part === 'label' ? values[0] : '') ?? '').trim()]
    })
    return new Map(parts)
  })
}

function valueLabelOf({ list, label }: ValueColumns, parts: Parts, { isOwn }: FileFormat) {
  const text = parts.get('label') ?? ''
  if (label !== null) return { label, isPreferred: false }
  if (list === 'custom_fields') return { label: text === '' ? null : text, isPreferred: false }
  return isOwn ? { label: readOwnValueLabel(text), isPreferred: false } : readValueLabel(text)
}

function valueOf(list: ListField, parts: Parts, { isOwn, dateOrder }: FileFormat): string {
  const value = parts.get('value') ?? [...parts.values()].at(-1) ?? ''
  if (isOwn) return value
  if (list === 'dates') return readCellDate(value, dateOrder) ?? value
  return list === 'phones' || list === 'emails' ? visibleText(value) : value
}

/** The service of a messenger: the text of its own column, or the name of the value's column. */
function serviceOf(parts: Parts, { isOwn }: FileFormat): string | null {
  const service = parts.has('value') ? parts.get('service') : [...parts.keys()].at(-1)
  if (service === undefined || service === '') return null
  return isOwn ? service : readService(service)
}

type Lists = Draft['contact']

function insert<L extends ListField>(
  { contact, preferred }: Draft,
  list: L,
  value: Lists[L][number],
  isPreferred: boolean,
): void {
  const values = contact[list] as Lists[L][number][]
  if (!isPreferred) {
    values.push(value)
    return
  }
  const at = preferred.get(list) ?? 0
  values.splice(at, 0, value)
  preferred.set(list, at + 1)
}
