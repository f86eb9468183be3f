import type { Card } from '../lines/card.ts'
import { sourceOf } from '../fields/collect.ts'
import { labelOfTypes } from '../fields/label-forms.ts'
import { valueOf, type Line } from '../lines/lines.ts'
import { textOf } from '../fields/text-lists.ts'
import { manyLines } from '../../book/text.ts'

/** The printed form of each ADR that has one, and the LABEL lines that say them. */
export type PrintedAddresses = { ofAddress: Map<Line, string>; labels: Set<Line> }

/** Pairs LABEL with ADR by their types: a property in 3.0 (RFC 2426, 3.2.2), in 4.0 a parameter. */
export function printedAddresses(card: Card): PrintedAddresses {
  const forms: PrintedAddresses = { ofAddress: new Map(), labels: new Set() }
  const labels = card.lines.filter(({ name }) => name === 'LABEL')
  if (labels.length === 0) return forms
  const keyOf = (line: Line) => labelOfTypes(sourceOf(card, line).params)
  const byKey = Map.groupBy(labels, keyOf)
  for (const line of card.lines) {
    if (line.name !== 'ADR' || !/[^;\s]/.test(valueOf(line))) continue
    const label = byKey.get(keyOf(line))?.shift()
    const text = label && manyLines(textOf(sourceOf(card, label)))
    if (!label || !text) continue
    forms.ofAddress.set(line, text)
    forms.labels.add(label)
  }
  return forms
}
