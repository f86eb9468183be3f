import { changedLine, newLine, removeLine, replaceLine, type CardEdit } from './card-edit.ts'
import type { Card } from '../lines/card.ts'
import { sourceOf, type Collected } from '../fields/collect.ts'
import { dateParams, dateProperty } from '../fields/date-list.ts'
import { without } from '../fields/list-codec.ts'
import type { Line } from '../lines/lines.ts'
import { birthdayLines, linesOf } from '../fields/person.ts'

/**
 * The one line that is to say another birthday: BDAY may stand once (RFC 6350, 6.2.5), so one that
 * is no date gives way as well.
 */
export function primaryBirthdayLine(card: Card, singles: Collected['singles']): Line | undefined {
  return birthdayLines(card, singles)[0]?.line ?? linesOf(singles, 'BDAY')[0]
}

export function patchBirthday(edit: CardEdit, { singles }: Collected, wanted: string | null): void {
  const { card } = edit
  const place = primaryBirthdayLine(card, singles)
  for (const { line } of birthdayLines(card, singles)) {
    if (wanted === null || line !== place) removeLine(edit, line)
  }
  if (wanted === null) return
  const property = dateProperty('BDAY', wanted, edit.version)
  if (!place) return void edit.tail.push(newLine(edit, 'BDAY', property.value, property))
  // It stays together with the other forms of the same day (ALTID, RFC 6350, 5.4).
  const kept = without(sourceOf(card, place).params, ...dateParams, 'LANGUAGE')
  const changed = { params: [...kept, ...property.params], value: property.value }
  replaceLine(edit, place, changedLine(edit, place, changed))
}
