import { composeAddress } from './compose-address.ts'
import { type DateOrder, readCellDate } from './cell-date.ts'
import { addCustomField, type Draft, type ColumnReader } from './draft.ts'
import { readService, readValueLabel, readOwnValueLabel, splitJoined } from './labels.ts'
import type { List } from './list-columns.ts'

/** Columns that are one value of a list, by the names of their parts. */
export type ValueColumns = { list: List; label: string | null; columns: Map<string, number> }

/** Our own files say exactly what was written; others are trimmed and understood. */
export type FileFormat = { isOwn: boolean; dateOrder: DateOrder }

export function valueReader(
  group: ValueColumns,
  headers: string[],
  origin: FileFormat,
): ColumnReader {
  const columns = [...group.columns]
  const formatted = headers[group.columns.get('formatted') ?? -1] ?? ''
  return (cells, draft) => {
    if (columns.every(([, index]) => !cells[index])) return
    for (const parts of valuesOf(group, columns, cells, origin)) {
      const { label, isPreferred } = valueLabelOf(group, parts, origin)
      if (group.list === 'addresses') {
        const { address, unsaid } = composeAddress(parts, label)
        if (address !== null) insert(draft, 'addresses', address, isPreferred)
        addCustomField(draft, formatted, unsaid)
        continue
      }
      const value = valueOf(group.list, parts, origin)
      if (value === '') continue
      if (group.list === 'messengers') {
        insert(
          draft,
          'messengers',
          { label, service: serviceOf(parts, origin), value },
          isPreferred,
        )
      } else {
        insert(draft, group.list, { label, value }, isPreferred)
      }
    }
  }
}

type Parts = Map<string, string>

/** Google joins the values of one label, each part in its cell; Outlook the children. */
function valuesOf(
  { label }: ValueColumns,
  columns: [string, number][],
  cells: string[],
  { isOwn }: FileFormat,
): Parts[] {
  const areChildren = label === 'child'
  const isJoined = areChildren || columns.some(([, index]) => cells[index]?.includes(':::'))
  if (isOwn || !isJoined)
    return [new Map(columns.map(([part, index]) => [part, cells[index] ?? '']))]
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

function valueLabelOf(group: ValueColumns, parts: Parts, { isOwn }: FileFormat) {
  const text = parts.get('label') ?? ''
  if (group.label !== null) return { label: group.label, isPreferred: false }
  if (group.list === 'custom_fields')
    return { label: text === '' ? null : text, isPreferred: false }
  return isOwn ? { label: readOwnValueLabel(text), isPreferred: false } : readValueLabel(text)
}

function valueOf(list: List, parts: Parts, { isOwn, dateOrder }: FileFormat): string {
  const value = parts.get('value') ?? [...parts.values()].at(-1) ?? ''
  return list === 'dates' && !isOwn ? (readCellDate(value, dateOrder) ?? value) : value
}

/** The service has a column of its own, or gives its name to the column of the value. */
function serviceOf(parts: Parts, { isOwn }: FileFormat): string | null {
  const named = parts.has('value') ? parts.get('service') : [...parts.keys()].at(-1)
  if (named === undefined || named === '') return null
  return isOwn ? named : readService(named)
}

type Lists = Draft['contact']

function insert<L extends List>(
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
