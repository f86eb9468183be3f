import { changedLine, newLine, removeLine, replaceLine, type CardEdit } from './card-edit.ts'
import { sourceOf, type Collected } from '../fields/collect.ts'
import { valueOf, type Line } from '../lines/lines.ts'
import { linesOf } from '../fields/person.ts'
import { categoryValues, categoriesOf } from '../read-card.ts'
import { writeText } from '../lines/text-value.ts'

/** Takes out, replaces and appends single categories; the others keep their lines and spaces. */
export function patchCategories(
  edit: CardEdit,
  { singles }: Collected,
  wanted: readonly string[],
): void {
  const before = categoriesOf(edit.card, singles)
  if (before.length === wanted.length && before.every((name, at) => name === wanted[at])) return
  const lines = linesOf(singles, 'CATEGORIES')
  const written = currentNames(before, wanted)
  const left = new Set(wanted)
  const kept = before.flatMap((name) => {
    const now = written.get(name)
    return now !== undefined && left.delete(now) ? now : []
  })
  const known = new Set(before)
  const nameOf = (name: string) => (known.has(name) ? written.get(name) : name)
  const values = lines.map((line) => valueWith(edit, line, nameOf))
  const last = values.findLastIndex((value) => value !== null)
  // In another order, they are written anew.
  const isOrdered = kept.every((name, at) => name === wanted[at])
  if (!isOrdered || last < 0) return rewrite(edit, lines, wanted, before)
  const added = [...left].map(writeText).join(',')
  for (const [at, line] of lines.entries()) {
    const value = [values[at] ?? '', at === last ? added : ''].filter(Boolean).join(',')
    setValue(edit, line, value)
  }
}

/** What each category is called now; one that is gone is not there. */
function currentNames(before: readonly string[], wanted: readonly string[]): Map<string, string> {
  const stay = new Set(wanted)
  const known = new Set(before)
  const isInPlace = before.length === wanted.length
  return new Map(
    before.flatMap((name, at): [string, string][] => {
      if (stay.has(name)) return [[name, name]]
      const other = isInPlace ? wanted[at] : undefined
      return other === undefined || known.has(other) ? [] : [[name, other]]
    }),
  )
}

/** null where nothing of the line is left. */
function valueWith(
  edit: CardEdit,
  line: Line,
  nameOf: (name: string) => string | undefined,
): string | null {
  const parts = [...categoryValues(edit.card, line)]
  if (parts.every(({ name }) => name === null || nameOf(name) === name)) return valueOf(line)
  const values = parts.flatMap(({ name, raw }) => {
    const now = name === null ? undefined : nameOf(name)
    if (now === undefined) return []
    return now === name ? raw : writeText(now)
  })
  return values.length > 0 ? values.join(',').trimStart() : null
}

function rewrite(
  edit: CardEdit,
  lines: readonly Line[],
  wanted: readonly string[],
  before: readonly string[],
): void {
  const known = new Set(before)
  const beyond = lines.flatMap((line) =>
    [...categoryValues(edit.card, line)].flatMap(({ raw, name }) =>
      name === null || known.has(name) ? [] : raw,
    ),
  )
  const value = [...wanted.map(writeText), ...beyond].join(',')
  const [first, ...others] = lines
  for (const line of others) removeLine(edit, line)
  if (first) setValue(edit, first, value)
  else if (value !== '') edit.tail.push(newLine(edit, 'CATEGORIES', value))
}

function setValue(edit: CardEdit, line: Line, value: string): void {
  if (value === valueOf(line)) return
  if (value === '') return removeLine(edit, line)
  const { params } = sourceOf(edit.card, line)
  replaceLine(edit, line, changedLine(edit, line, { params, value }))
}
