import { manyLines } from '../../book/text.ts'
import { isPartOfAddress } from '../fields/address-list.ts'
import { addressFinder, sourceOf } from '../fields/collect.ts'
import { textOf } from '../fields/text-lists.ts'
import type { Card } from '../lines/card.ts'
import { valueOf, type Line } from '../lines/lines.ts'
import { chooseAddresses } from './matching-address.ts'

export type PrintedAddresses = {
  /** The text of the printed form of each ADR line that has one. */
  byAddress: Map<Line, string>
  /** The lines that hold these, with their addresses. */
  lines: Map<Line, Line>
  /** Those that say nothing, or more of an address that has one, with that address. */
  further: Map<Line, Line>
  /** Those that have lost the address of which they were a part in 4.0. */
  orphans: Set<Line>
}

/**
 * Pairs printed addresses with ADR. They are properties named LABEL in 3.0 (RFC 2426, 3.2.2), and parameters of
 * ADR in 4.0.
 */
export function printedAddresses(card: Card): PrintedAddresses {
  const paired: PrintedAddresses = {
    byAddress: new Map(),
    lines: new Map(),
    further: new Map(),
    orphans: new Set(),
  }
  const printedLines =
    card.version === '3.0' ? card.lines.filter(({ name }) => name === 'LABEL') : []
  if (printedLines.length === 0) return paired
  const addresses = card.lines.filter((line) => line.name === 'ADR' && /[^;\s]/.test(valueOf(line)))
  const addressesOf = addressFinder(card, addresses)
  const printed = printedLines.map((line) => {
    const source = sourceOf(card, line)
    return { line, source, text: manyLines(textOf(source)), matching: addressesOf(line) }
  })
  const chosen = chooseAddresses(
    card,
    printed.flatMap(({ text, ...label }) => (text === null ? [] : { ...label, text })),
  )
  for (const { line, source, text, matching } of printed) {
    const address = chosen.get(line)
    if (text !== null && address) {
      paired.byAddress.set(address, text)
      paired.lines.set(line, address)
    } else if (matching[0]) {
      paired.further.set(line, matching[0])
    } else if (isPartOfAddress(source)) {
      paired.orphans.add(line)
    }
  }
  return paired
}
