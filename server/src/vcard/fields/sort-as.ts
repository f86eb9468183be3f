import type { SortAs } from '../../book/filed-under.ts'
import { oneLine } from '../../book/text.ts'
import type { Card } from '../lines/card.ts'
import type { Line } from '../lines/lines.ts'
import { sourceOf, type Collected } from './collect.ts'
import { filledLine, firstText, linesOf, nameLines } from './person.ts'

/**
 * What the names are to be sorted as: SORT-AS of N and ORG (RFC 6350, 5.9), or SORT-STRING (RFC 2426,
 * 3.6.5), which stands for whatever the contact is filed under. null if the card does not say so.
 */
export function sortAsOf(card: Card, singles: Collected['singles']): SortAs | null {
  const [lastName, firstName] = sortTexts(card, nameLines(card, singles))
  const [company] = sortTexts(card, linesOf(singles, 'ORG'))
  const text = firstText(card, linesOf(singles, 'SORT-STRING'))
  const found = {
    lastName: lastName ?? text,
    firstName: firstName ?? null,
    company: company ?? null,
  }
  return Object.values(found).some((one) => one !== null) ? found : null
}

/**
 * The texts of SORT-AS of the line that counts, one for each component of the property; programs write them
 * with or without quotes.
 */
function sortTexts(card: Card, lines: readonly Line[]): (string | null)[] {
  if (lines.every(({ params }) => params === '')) return []
  const line = filledLine(card, lines)
  const param = line && sourceOf(card, line).params.find(({ name }) => name === 'SORT-AS')
  return param?.values.flatMap((value) => value.split(',')).map(oneLine) ?? []
}
