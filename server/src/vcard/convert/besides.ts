import type { Card } from '../lines/card.ts'
import type { Line } from '../lines/lines.ts'
import { printedAddresses } from './printed-address.ts'

/**
 * The lines of a card that its other version does not state, each with the line behind which it comes back: 4.0 has
 * one printed form of an address (LABEL, RFC 6350, 6.3.1).
 */
export function besidesOf(card: Card): ReadonlyMap<Line, Line> {
  return card.version === '3.0' ? printedAddresses(card).further : none
}

const none: ReadonlyMap<Line, Line> = new Map()
