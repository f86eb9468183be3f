import { changedLine, removeLine, replaceLine, type CardEdit } from './card-edit.ts'
import { sourceOf, type Collected } from './collect.ts'
import { dateOf, dateProperty, dayText } from './date-list.ts'
import { without } from './list-codec.ts'
import { type Line } from './lines.ts'
import { paramValue } from './params.ts'
import { linesOf } from './person.ts'
import { codecOf } from './properties.ts'
import { companionsOf, newItemLines } from './relabel.ts'

/**
 * Converts the lines whose property has another name or form in the other version: days, relations
 * and the birthday.
 * @returns those lines
 */
export function convertEntries(edit: CardEdit, { lists, singles }: Collected): Set<Line> {
  const done = new Set<Line>()
  for (const list of ['dates', 'relations'] as const) {
    for (const entry of lists[list]) {
      const line = edit.card.lines[entry.at]
      const property = codecOf(list).create(entry.item, edit.version)
      if (!line || line.name === property.name || !isOtherForm(line.name)) continue
      for (const at of companionsOf(edit, entry.at)) edit.cells[at] = []
      edit.cells[entry.at] = newItemLines(edit, codecOf(list), entry.item, property)
      done.add(line)
    }
  }
  for (const [index, line] of linesOf(singles, 'BDAY').entries()) {
    convertBirthday(edit, line, index === 0)
    done.add(line)
  }
  return done
}

function isOtherForm(name: string): boolean {
  return ['X-ABDATE', 'ANNIVERSARY', 'X-ABRELATEDNAMES', 'RELATED'].includes(name)
}

function convertBirthday(edit: CardEdit, line: Line, isFirst: boolean): void {
  const source = sourceOf(edit.card, line)
  const text = dateOf(source) ?? dayText(source)
  // In 4.0 the same day may stand in several forms (ALTID, RFC 6350, 5.4).
  if (text === null || (!isFirst && paramValue(source.params, 'ALTID') !== undefined)) {
    return removeLine(edit, line)
  }
  const property = dateProperty('BDAY', text, edit.version)
  const kept = without(source.params, 'VALUE', 'X-APPLE-OMIT-YEAR', 'CALSCALE', 'ALTID')
  const changed = { params: [...kept, ...property.params], value: property.value }
  replaceLine(edit, line, changedLine(edit, line, changed))
}
