import { sourceOf, type Collected } from '../fields/collect.ts'
import { dateParams, dateProperty } from '../fields/date-list.ts'
import { without } from '../fields/list-codec.ts'
import { birthdayLines, linesOf } from '../fields/person.ts'
import type { Card } from '../lines/card.ts'
import type { Line } from '../lines/lines.ts'
import { changedLine, newLine, removeLine, replaceLine, type CardEdit } from './card-edit.ts'

/**
 * The line to replace if the birthday changes. A card has only one BDAY (RFC 6350, 6.2.5), so one that
 * is no date is replaced too.
 */
export function primaryBirthdayLine(card: Card, singles: Collected['singles']): Line | undefined {
  return birthdayLines(card, singles)[0]?.line ?? linesOf(singles, 'BDAY')[0]
}

export function patchBirthday(edit: CardEdit, { singles }: Collected, wanted: string | null): void {
  const { card } = edit
  const primary = primaryBirthdayLine(card, singles)
  for (const { line } of birthdayLines(card, singles)) {
    if (wanted === null || line !== primary) removeLine(edit, line)
  }
  if (wanted === null) return
  const property = dateProperty('BDAY', wanted, edit.version)
  if (!primary) return void edit.tail.push(newLine(edit, 'BDAY', property.value, property))
  // ALTID is kept: it links the other forms of the same date (RFC 6350, 5.4).
  const kept = without(sourceOf(card, primary).params, ...dateParams, 'LANGUAGE')
  const changed = { params: [...kept, ...property.params], value: property.value }
  replaceLine(edit, primary, changedLine(edit, primary, changed))
}
