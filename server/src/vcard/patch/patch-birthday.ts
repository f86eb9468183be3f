import type { Contact } from '../../book/contact.ts'
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

/** Other dates of BDAY are removed, but for those that stand among the further dates. */
export function patchBirthday(
  edit: CardEdit,
  { lists, singles }: Collected,
  wanted: string | null,
): void {
  const { card } = edit
  const primary = primaryBirthdayLine(card, singles)
  const further = new Set(lists.dates.map(({ at }) => card.lines[at]))
  for (const { line } of birthdayLines(card, singles)) {
    if (wanted === null || (line !== primary && !further.has(line))) removeLine(edit, line)
  }
  if (wanted === null) return
  const property = dateProperty('BDAY', wanted, edit.version)
  if (!primary) return void edit.tail.push(newLine(edit, 'BDAY', property.value, property))
  // ALTID is kept: it links the other forms of the same date (RFC 6350, 5.4).
  const kept = without(sourceOf(card, primary).params, ...dateParams, 'LANGUAGE')
  const changed = { params: [...kept, ...property.params], value: property.value }
  replaceLine(edit, primary, changedLine(edit, primary, changed))
}

/**
 * The further dates that BDAY can no longer hold: without a birthday, the next would become it; one that is
 * the same date would be read as the birthday alone; and where dates are reordered, none may come before it.
 */
export function displacedBirthdays(
  card: Card,
  { lists: { dates }, singles }: Collected,
  wanted: Contact,
): Line[] {
  const [birthday] = birthdayLines(card, singles)
  const listed = new Set(dates.map(({ at }) => card.lines[at]))
  const further = birthdayLines(card, singles).filter(({ line }) => listed.has(line))
  if (!birthday || further.length === 0) return []
  const isSame = JSON.stringify(dates.map(({ item }) => item)) === JSON.stringify(wanted.dates)
  if (isSame && wanted.birthday === birthday.date) return []
  const first = card.lines.indexOf(birthday.line)
  const staysFirst = isSame || dates.every(({ at }) => at > first)
  const isRepeated = wanted.dates.some(
    ({ label, value }) => label === 'birthday' && value === wanted.birthday,
  )
  const canStay = wanted.birthday !== null && staysFirst && !isRepeated
  return canStay ? [] : further.map(({ line }) => line)
}
