import { manyLines } from '../../book/text.ts'
import { sourceOf } from '../fields/collect.ts'
import { labelOfTypes } from '../fields/label-forms.ts'
import { textOf } from '../fields/text-lists.ts'
import type { Card } from '../lines/card.ts'
import { valueOf, type Line } from '../lines/lines.ts'

/** The text of the printed form of each ADR line that has one, and the lines that hold these. */
export type PrintedAddresses = { byAddress: Map<Line, string>; lines: Set<Line> }

/**
 * Pairs printed addresses with ADR by their group, or else by their types. They are properties named LABEL in
 * 3.0 (RFC 2426, 3.2.2), and parameters of ADR in 4.0.
 */
export function printedAddresses(card: Card): PrintedAddresses {
  const paired: PrintedAddresses = { byAddress: new Map(), lines: new Set() }
  const printedLines = card.lines.filter(({ name }) => name === 'LABEL')
  if (printedLines.length === 0) return paired
  const addresses = card.lines.filter((line) => line.name === 'ADR' && /[^;\s]/.test(valueOf(line)))
  const groups = new Set(addresses.map(groupOf))
  const typesOf = (line: Line) => labelOfTypes(sourceOf(card, line).params)
  const keyOf = (line: Line) => (groups.has(groupOf(line)) ? groupOf(line) : '') || typesOf(line)
  const byKey = Map.groupBy(printedLines, keyOf)
  for (const line of addresses) {
    const printed = (byKey.get(groupOf(line)) ?? byKey.get(typesOf(line)))?.shift()
    const text = printed && manyLines(textOf(sourceOf(card, printed)))
    if (!printed || !text) continue
    paired.byAddress.set(line, text)
    paired.lines.add(printed)
  }
  return paired
}

/** With its dot, so that it is no label; empty if there is none. */
function groupOf({ group }: Line): string {
  return group === '' ? '' : `${group.toLowerCase()}.`
}
