import { sourceOf, type Collected, type Entry } from '../fields/collect.ts'
import { dateOf, dateParams, dateProperty, dateLineText, timeOf } from '../fields/date-list.ts'
import { without, type Property, type Source } from '../fields/list-codec.ts'
import { linesOf } from '../fields/person.ts'
import { codecOf } from '../fields/properties.ts'
import type { Line } from '../lines/lines.ts'
import type { Param } from '../lines/params.ts'
import { changedLine, newLine, removeLine, replaceLine, type CardEdit } from '../patch/card-edit.ts'
import { companionsOf, hasOwnAbLabel, needsAbLabel, newItemLines } from '../patch/item-lines.ts'
import { primaryBirthdayLine } from '../patch/patch-birthday.ts'
import { altIdOf, originalName, preservedLine } from './preserved-forms.ts'
import { placesOf } from './ranks.ts'

/**
 * Converts the lines whose property has another name or form in the other version: dates, relations
 * and the birthday.
 * @param hosts the preserved lines that still belong to something, with what that is
 * @param convertParam converts their other parameters
 * @returns the converted lines
 */
export function convertEntries(
  edit: CardEdit,
  { lists, singles }: Collected,
  hosts: ReadonlyMap<Line, Line[]>,
  convertParam: (line: Line, param: Param) => Param[],
): Set<Line> {
  const converted = new Set<Line>()
  const altId = edit.version === '4.0' ? altIdOf(hosts.keys(), 'BDAY') : []
  const isRestored = (line: Line) => originalName(line) === 'BDAY'
  const birthdays = new Set(
    [...hosts].flatMap(([line, beside]) => (isRestored(line) ? beside : [])),
  )
  const primary = primaryBirthdayLine(edit.card, singles)
  for (const list of ['dates', 'relations'] as const) {
    for (const entry of lists[list]) {
      const line = edit.card.lines[entry.at]
      // The restored BDAY says it again.
      if (line?.name === 'X-ABDATE' && birthdays.has(line)) {
        for (const at of [entry.at, ...companionsOf(edit, entry.at)]) edit.cells[at] = []
        converted.add(line)
        continue
      }
      const created = codecOf(list).create(entry.item, edit.version)
      // 4.0 has one BDAY (RFC 6350, 6.2.5).
      const isFurtherBirthday = edit.version === '4.0' && line?.name === 'BDAY' && line !== primary
      const hasOtherForm = line && (isFurtherBirthday || isOtherForm(line.name))
      if (!hasOtherForm || line.name === created.name) continue
      const source = sourceOf(edit.card, line)
      const property = list === 'dates' ? withTime(edit, source, created) : created
      const others = without(source.params, 'TYPE', ...dateParams)
      const kept = others.flatMap((param) => convertParam(line, param))
      convertEntry(edit, list, entry, { ...property, params: [...kept, ...property.params] })
      converted.add(line)
    }
  }
  for (const line of linesOf(singles, 'BDAY')) {
    if (converted.has(line)) continue
    convertBirthday(edit, line, line === primary ? altId : null, convertParam)
    converted.add(line)
  }
  return converted
}

function isOtherForm(name: string): boolean {
  return ['X-ABDATE', 'ANNIVERSARY', 'X-ABRELATEDNAMES', 'RELATED'].includes(name)
}

/** A label that remains an X-ABLabel keeps its line as it is written. */
function convertEntry(
  edit: CardEdit,
  list: 'dates' | 'relations',
  { item, at }: Entry,
  property: Property,
): void {
  const line = edit.card.lines[at] as Line
  if (needsAbLabel(edit, codecOf(list), item, property) && hasOwnAbLabel(edit, line)) {
    const { name, value, params } = property
    edit.cells[at] = [newLine(edit, name, value, { params, group: line.group })]
    return
  }
  for (const companion of companionsOf(edit, at)) edit.cells[companion] = []
  edit.cells[at] = newItemLines(edit, codecOf(list), item, property)
}

function withTime({ version }: CardEdit, source: Source, property: Property): Property {
  const date = dateOf(source)
  return date === null ? property : dateProperty(property.name, date, version, timeOf(source))
}

/** @param altId of the birthday; null for a further one */
function convertBirthday(
  edit: CardEdit,
  line: Line,
  altId: readonly Param[] | null,
  convertParam: (line: Line, param: Param) => Param[],
): void {
  const source = sourceOf(edit.card, line)
  const date = dateOf(source)
  const text = date ?? dateLineText(source)
  if (text === null) return removeLine(edit, line)
  if (altId === null) {
    // 4.0 may have the same date in several forms (ALTID, RFC 6350, 5.4).
    const isKept = edit.version === '3.0'
    return isKept
      ? replaceLine(edit, line, preservedLine(edit, line, placesOf(edit.card)(line)))
      : removeLine(edit, line)
  }
  const property = dateProperty('BDAY', text, edit.version, date && timeOf(source))
  const others = without(source.params, ...dateParams, 'ALTID')
  const kept = [...others.flatMap((param) => convertParam(line, param)), ...altId]
  const changed = { params: [...kept, ...property.params], value: property.value }
  replaceLine(edit, line, changedLine(edit, line, changed))
}
