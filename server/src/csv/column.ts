import { createPace } from '../pace.ts'
import {
  addressWords,
  fillerWords,
  partsByWords,
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

const uniqueKinds = new Set<Column['as']>(['uid', 'birth_year', 'birth_month', 'birth_day'])

/** What the columns hold, in their order. */
export async function readColumns(headers: string[]): Promise<Column[]> {
  const pace = createPace()
  const keys: string[] = []
  const columns: Column[] = []
  for (const [index, header] of headers.entries()) {
    const key = headerKey(header)
    keys.push(key)
    columns.push(readColumn(key, index))
    await pace()
  }
  return resolveAmbiguous(columns, keys)
}

/** Some headers mean one thing or another: the other columns tell. */
function resolveAmbiguous(columns: Column[], keys: string[]): Column[] {
  const has = (field: TextField) => columns.some((it) => it.as === 'text' && it.field === field)
  const titles = columns.filter(({ as }) => as === 'title').length
  const isPortuguese = keys.some((key) => /\b(?:nome|sobrenome|telefone)\b/.test(key))
  const isOfPeople = namesContacts(columns)
  const hasBirthday = columns.some(({ as }) => as === 'birthday')
  let titlesSeen = 0
  return columns.map((column, index): Column => {
    const isAgain =
      uniqueKinds.has(column.as) && columns.findIndex(({ as }) => as === column.as) < index
    if (isAgain) return { as: 'unknown' }
    switch (column.as) {
      case 'title': {
        const isPrefix = has('job_title') || (titles > 1 && titlesSeen++ === 0)
        return { as: 'text', field: isPrefix ? 'prefix' : 'job_title' }
      }
      case 'nome':
        return has('last_name') ? { as: 'text', field: 'first_name' } : { as: 'name' }
      case 'aniversario':
        return isPortuguese && !hasBirthday
          ? { as: 'birthday' }
          : partColumn('dates', 'value', `${index}`, 'anniversary')
      case 'place':
        return isOfPeople
          ? partColumn('phones', 'value', `${index}`, keys[index] ?? null)
          : { as: 'unknown' }
      case 'name': {
        // German lists have "Vorname" and "Name".
        const isLastName = has('first_name') && !has('last_name')
        return isLastName ? { as: 'text', field: 'last_name' } : column
      }
      default:
        return column
    }
  })
}

const namingFields = new Set<TextField>(['first_name', 'middle_name', 'last_name', 'nickname'])

/**
 * Whether a row could name a person, or a way to reach one. A company alone names somebody where most
 * columns are known: else the names may stand under headers that we do not know.
 */
export function namesContacts(columns: Column[]): boolean {
  const known = columns.filter(({ as }) => as !== 'unknown').length
  return columns.some((column) => {
    if (column.as === 'text') {
      return (
        namingFields.has(column.field) || (column.field === 'company' && known * 2 > columns.length)
      )
    }
    if (column.as === 'part') return column.list === 'emails' || column.list === 'phones'
    return column.as === 'name' || column.as === 'nome'
  })
}

function readColumn(key: string, index: number): Column {
  const field = textColumns.get(key)
  if (field !== undefined) return { as: 'text', field }
  const special = specialColumns.get(key)
  if (special !== undefined) return { as: special }
  const [list, ...label] = labelledColumns.get(key)?.split('/') ?? []
  if (list !== undefined) return partColumn(list, 'value', `${index}`, label.join('/'))
  return numberedColumn(key) ?? composedColumn(key, index) ?? { as: 'unknown' }
}

function numberedColumn(key: string): Column | undefined {
  const [, base = '', number, rest = ''] = /^([^\d]+) (\d+) ([^\d]+)$/.exec(key) ?? []
  const list = numberedLists.get(base)
  const part = numberedParts.get(rest)
  if (list === undefined || part === undefined || !isPartOf(part, list)) return undefined
  return partColumn(list, part, `${list} ${number}`, null)
}

function isPartOf(part: string, list: List): boolean {
  if (part === 'label') return true
  if (list === 'addresses') return part !== 'value' && part !== 'service'
  return part === 'value' || (part === 'service' && list === 'messengers')
}

/** `Business Street 2`, `Telefon (privat 2)`, `Email - work`: a label, a kind and a number. */
function composedColumn(key: string, index: number): Column | undefined {
  const words = key.split(' ').filter((word) => !fillerWords.has(word))
  const number = words.find((word) => /^\d+$/.test(word))
  const labels = words.flatMap((word) => labelWords.get(word) ?? [])
  const rest = words.filter((word) => word !== number && !labelWords.has(word))
  const label = labels.length === 0 ? null : labels.join(' ')
  const kind =
    partsByWords.get(rest.join(' ')) ??
    partsByWords.get(rest.filter((it) => !addressWords.has(it)).join(' '))
  const [list, part = ''] = kind?.split('/') ?? []
  if (list === undefined) {
    const isPhone =
      rest.length === 0 && labels.some((it) => !['home', 'work', 'other'].includes(it))
    return isPhone ? partColumn('phones', 'value', `${index}`, label) : undefined
  }
  if (list === 'addresses') {
    const isLine = part === 'street' || part === 'formatted'
    if (isLine && Number(number) > 4) return undefined
    const line = isLine && number !== undefined && number !== '1' ? `street ${number}` : part
    return partColumn(list, line, `address ${label}`, label)
  }
  if (part === 'fax')
    return partColumn(list, 'value', `${index}`, label === null ? 'fax' : `${label} fax`)
  return partColumn(list, part, `${index}`, label)
}

function partColumn(list: string, part: string, group: string, label: string | null): Column {
  return { as: 'part', list: list as List, part, group, label }
}
