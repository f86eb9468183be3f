import type { Collected } from '../fields/collect.ts'
import type { Card } from '../lines/card.ts'
import type { Line } from '../lines/lines.ts'
import { furtherKinds } from './kind-lines.ts'
import type { PrintedAddresses } from './printed-address.ts'

/**
 * The lines of a card that its other version does not state, each with the line behind which it comes back: 4.0 has
 * one KIND, and one printed form of an address (LABEL, RFC 6350, 6.3.1).
 */
export function besidesOf(
  card: Card,
  collected: Collected,
  { further }: PrintedAddresses,
): ReadonlyMap<Line, Line> {
  return new Map([...further, ...furtherKinds(card, collected)])
}
