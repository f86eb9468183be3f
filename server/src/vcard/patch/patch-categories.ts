import { sourceOf, type Collected } from '../fields/collect.ts'
import { linesOf } from '../fields/person.ts'
import { valueOf, type Line } from '../lines/lines.ts'
import { writeText } from '../lines/text-value.ts'
import { categoryValues, categoriesOf } from '../read-card.ts'
import { changedLine, newLine, removeLine, replaceLine, type CardEdit } from './card-edit.ts'

/** Removes, renames and appends single categories; the other ones keep their lines and spaces. */
export function patchCategories(
  edit: CardEdit,
  { singles }: Collected,
  wanted: readonly string[],
): void {
  const before = categoriesOf(edit.card, singles)
  if (before.length === wanted.length && before.every((name, at) => name === wanted[at])) return
  const lines = linesOf(singles, 'CATEGORIES')
  const names = currentNames(before, wanted)
  const missing = new Set(wanted)
  const kept = before.flatMap((name) => {
    const current = names.get(name)
    return current !== undefined && missing.delete(current) ? current : []
  })
  const known = new Set(before)
  const nameOf = (name: string) => (known.has(name) ? names.get(name) : name)
  const values = lines.map((line) => valueWith(edit, line, nameOf))
  const last = values.findLastIndex((value) => value !== null)
  const isOrdered = kept.every((name, at) => name === wanted[at])
  if (!isOrdered || last < 0) return rewrite(edit, lines, wanted, before)
  const added = [...missing].map(writeText).join(',')
  for (const [at, line] of lines.entries()) {
    const value = [values[at] ?? '', at === last ? added : ''].filter(Boolean).join(',')
    setValue(edit, line, value)
  }
}

/** Maps each category to its name after the change. Removed ones are absent. */
function currentNames(before: readonly string[], wanted: readonly string[]): Map<string, string> {
  const kept = new Set(wanted)
  const known = new Set(before)
  const mayBeRenamed = before.length === wanted.length
  return new Map(
    before.flatMap((name, at): [string, string][] => {
      if (kept.has(name)) return [[name, name]]
      const other = mayBeRenamed ? wanted[at] : undefined
      return other === undefined || known.has(other) ? [] : [[name, other]]
    }),
  )
}

/** The value of a line with the names after the change; null if none is left. */
function valueWith(
  edit: CardEdit,
  line: Line,
  nameOf: (name: string) => string | undefined,
): string | null {
  const parts = [...categoryValues(edit.card, line)]
  if (parts.every(({ name }) => name === null || nameOf(name) === name)) return valueOf(line)
  const values = parts.flatMap(({ name, raw }) => {
    const current = name === null ? undefined : nameOf(name)
    if (current === undefined) return []
    return current === name ? raw : writeText(current)
  })
  return values.length > 0 ? values.join(',').trimStart() : null
}

/** Writes all categories into one line, followed by those beyond the limit of `categoriesOf`. */
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
