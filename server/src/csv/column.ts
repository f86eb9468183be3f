import type { ListField } from '../book/fields.ts'
import { createPace } from '../pace.ts'
import { headerKey } from './header-key.ts'
import {
  addressWords,
  fillerWords,
  partsByWords,
  labelledColumns,
  labelWords,
  numberedLists,
  numberedParts,
} from './list-columns.ts'
import {
  type SpecialColumn,
  specialColumns,
  textColumns,
  type TextColumn,
} from './single-columns.ts'

/** What a column holds. Columns with the same `valueKey` are parts of one value. */
export type Column =
  | { as: 'text'; field: TextColumn }
  | { as: SpecialColumn }
  /** `isLastName`: unless it repeats the first name, which stands in another column. */
  | { as: 'name'; isLastName: boolean }
  | { as: 'part'; list: ListField; part: string; valueKey: string; label: string | null }
  | { as: 'unknown' }

/** Of several columns of one of these kinds, only the first one counts. */
const uniqueKinds = new Set<Column['as']>(['uid', 'birth_year', 'birth_month', 'birth_day'])

/** What each column of a file holds, as its header says. */
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

/** Decides by the other columns what a header with several meanings stands for. */
function resolveAmbiguous(columns: Column[], keys: string[]): Column[] {
  const has = (field: TextColumn) =>
    columns.some((column) => column.as === 'text' && column.field === field)
  const titles = columns.filter(({ as }) => as === 'title').length
  const isPortuguese = keys.some((key) => /\b(?:nome|sobrenome|telefone)\b/.test(key))
  const hasContacts = namesContacts(columns)
  const hasKind = (kind: Column['as']) => columns.some(({ as }) => as === kind)
  const isBirthdaySplit = hasKind('birth_year') && hasKind('birth_month') && !hasKind('birth_day')
  const firstBirthday = columns.findIndex(({ as }) => as === 'birthday')
  let titlesSeen = 0
  return columns.map((column, index): Column => {
    const isRepeated =
      uniqueKinds.has(column.as) && columns.findIndex(({ as }) => as === column.as) < index
    if (isRepeated) return { as: 'unknown' }
    switch (column.as) {
      case 'title': {
        const isPrefix = has('job_title') || (titles > 1 && titlesSeen++ === 0)
        return { as: 'text', field: isPrefix ? 'prefix' : 'job_title' }
      }
      case 'birthday':
        // Thunderbird has three columns: "Geburtsjahr", "Geburtsmonat" and "Geburtstag".
        return isBirthdaySplit && index === firstBirthday ? { as: 'birth_day' } : column
      case 'nome':
        return has('last_name') ? { as: 'text', field: 'first_name' } : { as: 'name' }
      case 'aniversario':
        return isPortuguese && firstBirthday < 0
          ? { as: 'birthday' }
          : partColumn('dates', 'value', `${index}`, 'anniversary')
      case 'place':
        return hasContacts
          ? partColumn('phones', 'value', `${index}`, keys[index] ?? null)
          : { as: 'unknown' }
      case 'name': {
        // German lists have "Vorname" and "Name".
        const isLastName =
          has('first_name') && !has('last_name') && lastNames.has(keys[index] ?? '')
        return { as: 'name', isLastName }
      }
      default:
        return column
    }
  })
}

/** Headers of the full name, or of the last name beside the first one. */
const lastNames = new Set(['name', 'naam'])

const namingFields = new Set<TextColumn>(['first_name', 'middle_name', 'last_name', 'nickname'])

/**
 * Whether some column holds names, e-mail addresses or phone numbers. A company counts as a name only
 * if most columns are known: otherwise the names may stand under headers that we do not know.
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
  if (list !== undefined) return partColumn(list, 'value', `${index}`, label.join('/') || null)
  return numberedColumn(key) ?? composedColumn(key, index) ?? { as: 'unknown' }
}

function numberedColumn(key: string): Column | undefined {
  const [, base = '', number, rest = ''] = /^([^\d]+) (\d+) ([^\d]+)$/.exec(key) ?? []
  const list = numberedLists.get(base)
  const part = numberedParts.get(rest)
  if (list === undefined || part === undefined || !isPartOf(part, list)) return undefined
  return partColumn(list, part, `${list} ${number}`, null)
}

function isPartOf(part: string, list: ListField): boolean {
  if (part === 'label') return true
  if (list === 'addresses') return part !== 'value' && part !== 'service'
  return part === 'value' || (part === 'service' && list === 'messengers')
}

/** Reads a header of a label, a part and a number: `Business Street 2`, `Telefon (privat 2)`. */
function composedColumn(key: string, index: number): Column | undefined {
  const words = key.split(' ').filter((word) => !fillerWords.has(word))
  const number = words.find((word) => /^\d+$/.test(word))
  const labels = words.flatMap((word) => labelWords.get(word) ?? [])
  const rest = words.filter((word) => word !== number && !labelWords.has(word))
  const label = labels.length === 0 ? null : labels.join(' ')
  const withoutAddress = rest.filter((word) => !addressWords.has(word))
  const found = partsByWords.get(rest.join(' ')) ?? partsByWords.get(withoutAddress.join(' '))
  const [list, part = ''] = found?.split('/') ?? []
  if (list === undefined) {
    const isPhone =
      rest.length === 0 && labels.some((name) => !['home', 'work', 'other'].includes(name))
    return isPhone ? partColumn('phones', 'value', `${index}`, label) : undefined
  }
  if (list === 'addresses') {
    const isLine = part === 'street' || part === 'formatted'
    if (isLine && Number(number) > 4) return undefined
    const line = isLine && number !== undefined && number !== '1' ? `street ${number}` : part
    return partColumn(list, line, `address ${label}`, label)
  }
  if (part === 'fax') {
    return partColumn(list, 'value', `${index}`, label === null ? 'fax' : `${label} fax`)
  }
  return partColumn(list, part, `${index}`, label)
}

/** The column of an e-mail address with an unknown header. */
export function emailColumn(index: number): Column {
  return partColumn('emails', 'value', `${index}`, null)
}

function partColumn(list: string, part: string, valueKey: string, label: string | null): Column {
  return { as: 'part', list: list as ListField, part, valueKey, label }
}
