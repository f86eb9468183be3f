import { manyLines } from '../../book/text.ts'
import { sourceOf } from '../fields/collect.ts'
import { labelOfTypes } from '../fields/label-forms.ts'
import { textOf } from '../fields/text-lists.ts'
import type { Card } from '../lines/card.ts'
import { valueOf, type Line } from '../lines/lines.ts'

/** The text of the printed form of each ADR line that has one, and the lines that hold these. */
export type PrintedAddresses = { byAddress: Map<Line, string>; lines: Set<Line> }

/**
 * Pairs printed addresses with ADR by their types. They are properties named LABEL in 3.0 (RFC 2426,
 * 3.2.2), and parameters of ADR in 4.0.
 */
export function printedAddresses(card: Card): PrintedAddresses {
  const paired: PrintedAddresses = { byAddress: new Map(), lines: new Set() }
  const printedLines = card.lines.filter(({ name }) => name === 'LABEL')
  if (printedLines.length === 0) return paired
  const keyOf = (line: Line) => labelOfTypes(sourceOf(card, line).params)
  const byKey = Map.groupBy(printedLines, keyOf)
  for (const line of card.lines) {
    if (line.name !== 'ADR' || !/[^;\s]/.test(valueOf(line))) continue
    const printed = byKey.get(keyOf(line))?.shift()
    const text = printed && manyLines(textOf(sourceOf(card, printed)))
    if (!printed || !text) continue
    paired.byAddress.set(line, text)
    paired.lines.add(printed)
  }
  return paired
}
