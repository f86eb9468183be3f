import { createPace } from '../pace.ts'
import {
  addressWords,
  emptyWords,
  kinds,
  labelledColumns,
  labelWords,
  type List,
  numberedLists,
  numberedParts,
} from './list-columns.ts'
import { headerKey } from './header-key.ts'
import {
  type SpecialColumn,
  specialColumns,
  textColumns,
  type TextField,
} from './single-columns.ts'

/** What a header says of its column. Columns of one `group` are parts of one value. */
export type Column =
  | { as: 'text'; field: TextField }
  | { as: SpecialColumn }
  | { as: 'part'; list: List; part: string; group: string; label: string | null }
  | { as: 'unknown' }

const once = new Set<Column['as']>(['uid', 'birth_year', 'birth_month', 'birth_day'])

/** What the columns hold, in their order. */
export async function readColumns(headers: string[]): Promise<Column[]> {
  const pace = createPace()
  const columns: Column[] = []
  for (const header of headers) {
    columns.push(readColumn(header, columns.length))
    await pace()
  }
  return settled(columns)
}

/** Some headers mean one thing or another: the other columns tell. */
function settled(columns: Column[]): Column[] {
  const has = (field: TextField) => columns.some((it) => it.as === 'text' && it.field === field)
  const titles = columns.filter(({ as }) => as === 'title').length
  let titlesSeen = 0
  return columns.map((column, index) => {
    const isAgain = once.has(column.as) && columns.findIndex(({ as }) => as === column.as) < index
    if (isAgain) return { as: 'unknown' }
    if (column.as === 'title') {
      const isPrefix = has('job_title') || (titles > 1 && titlesSeen++ === 0)
      return { as: 'text', field: isPrefix ? 'prefix' : 'job_title' }
    }
    // German lists have "Vorname" and "Name".
    const isLastName = column.as === 'name' && has('first_name') && !has('last_name')
    return isLastName ? { as: 'text', field: 'last_name' } : column
  })
}

/** Whether a row could name a person, or a way to reach one. */
export function namesContacts(columns: Column[]): boolean {
  return columns.some((column) => {
    if (column.as === 'text') return column.field !== 'additional_data'
    if (column.as === 'part') return column.list === 'emails' || column.list === 'phones'
    return column.as === 'name'
  })
}

function readColumn(header: string, index: number): Column {
  const key = headerKey(header)
  const field = textColumns.get(key)
  if (field !== undefined) return { as: 'text', field }
  const special = specialColumns.get(key)
  if (special !== undefined) return { as: special }
  const [list, ...label] = labelledColumns.get(key)?.split('/') ?? []
  if (list !== undefined) return partOf(list, 'value', `${index}`, label.join('/'))
  return numberedColumn(key) ?? composedColumn(key, index) ?? { as: 'unknown' }
}

function numberedColumn(key: string): Column | undefined {
  const [, base = '', number, rest = ''] = /^([^\d]+) (\d+) ([^\d]+)$/.exec(key) ?? []
  const list = numberedLists.get(base)
  const part = numberedParts.get(rest)
  if (list === undefined || part === undefined || !belongs(part, list)) return undefined
  return partOf(list, part, `${list} ${number}`, null)
}

function belongs(part: string, list: List): boolean {
  if (part === 'label') return true
  if (list === 'addresses') return part !== 'value' && part !== 'service'
  return part === 'value' || (part === 'service' && list === 'messengers')
}

/** `Business Street 2`, `Telefon (privat 2)`, `Email - work`: a label, a kind and a number. */
function composedColumn(key: string, index: number): Column | undefined {
  const words = key.split(' ').filter((word) => !emptyWords.has(word))
  const number = words.find((word) => /^\d+$/.test(word))
  const labels = words.flatMap((word) => labelWords.get(word) ?? [])
  const rest = words.filter((word) => word !== number && !labelWords.has(word))
  const label = labels.length === 0 ? null : labels.join(' ')
  const kind =
    kinds.get(rest.join(' ')) ?? kinds.get(rest.filter((it) => !addressWords.has(it)).join(' '))
  const [list, part = ''] = kind?.split('/') ?? []
  if (list === undefined) {
    const isPhone =
      rest.length === 0 && labels.some((it) => !['home', 'work', 'other'].includes(it))
    return isPhone ? partOf('phones', 'value', `${index}`, label) : undefined
  }
  if (list === 'addresses') {
    const isLine = part === 'street' || part === 'formatted'
    if (isLine && Number(number) > 4) return undefined
    const line = isLine && number !== undefined && number !== '1' ? `street ${number}` : part
    return partOf(list, line, `address ${label}`, label)
  }
  if (part === 'fax')
    return partOf(list, 'value', `${index}`, label === null ? 'fax' : `${label} fax`)
  return partOf(list, part, `${index}`, label)
}

function partOf(list: string, part: string, group: string, label: string | null): Column {
  return { as: 'part', list: list as List, part, group, label }
}
