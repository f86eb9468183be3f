import { paramValue } from '../lines/params.ts'
import { dateOf } from './date-list.ts'
import type { Source } from './list-codec.ts'

/**
 * Makes a function that tells, of the lines of a card in their order, which state the birthday: the first
 * BDAY that is a date, those with the same date, and other forms of it (ALTID, RFC 6350, 5.4). A card should
 * have no more (RFC 6350, 6.2.5); what programs write all the same is one of its further dates.
 */
export function birthdayFilter(): (source: Source) => boolean {
  let first: { date: string; altId: string | undefined } | undefined
  return (source) => {
    const date = source.line.name === 'BDAY' ? dateOf(source) : null
    if (date === null) return false
    const altId = paramValue(source.params, 'ALTID')
    first ??= { date, altId }
    return date === first.date || (altId !== undefined && altId === first.altId)
  }
}
