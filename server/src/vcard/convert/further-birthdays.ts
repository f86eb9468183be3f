import { sourceOf } from '../fields/collect.ts'
import { dateOf } from '../fields/date-list.ts'
import type { Card } from '../lines/card.ts'
import type { Line } from '../lines/lines.ts'

/** The BDAY that is the birthday: the first that is a date. */
export function birthdayOf(card: Card): Line | undefined {
  return card.lines.find((line) => line.name === 'BDAY' && isDate(card, line))
}

/**
 * Whether a line may become a further BDAY. Alone, or as the first date, it would be the birthday: somebody
 * removed that, or moved it behind this line.
 */
export function canBeFurtherBirthday(card: Card, line: Line): boolean {
  if (!isDate(card, line)) return card.lines.some(({ name }) => name === 'BDAY')
  const birthday = birthdayOf(card)
  return birthday !== undefined && card.lines.indexOf(birthday) < card.lines.indexOf(line)
}

function isDate(card: Card, line: Line): boolean {
  return dateOf(sourceOf(card, line)) !== null
}
