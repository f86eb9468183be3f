import { fold } from '../../book/fold.ts'
import { addresses as codec, addressParts } from '../fields/address-list.ts'
import { sourceOf } from '../fields/collect.ts'
import { typesOf } from '../fields/label-forms.ts'
import type { Card } from '../lines/card.ts'
import type { Line } from '../lines/lines.ts'

/** A LABEL with its text, and the addresses whose printed form it may be. */
export type PrintedLabel = { line: Line; text: string; matching: readonly Line[] }

// Each LABEL is compared with so many addresses; what a card has beyond is paired in its order.
const maxCompared = 20

/**
 * Chooses of which ADR each LABEL is the printed form, of one at most: the one of its group, or with exactly its
 * types (RFC 2426, 3.2.2), or whose parts stand in it, or just before it, in this order.
 */
export function chooseAddresses(card: Card, labels: readonly PrintedLabel[]): Map<Line, Line> {
  const chosen = new Map<Line, Line>()
  const taken = new Set<Line>()
  const choose = (label: Line, address: Line | undefined) => {
    if (address === undefined || chosen.has(label) || taken.has(address)) return
    chosen.set(label, address)
    taken.add(address)
  }
  for (const { label, address } of pairsOf(card, labels)) choose(label, address)
  const untaken = new Map<readonly Line[], IteratorObject<Line>>()
  for (const { line, matching } of labels) {
    if (chosen.has(line)) continue
    const others = untaken.getOrInsertComputed(matching, () => matching.values())
    choose(
      line,
      others.find((address) => !taken.has(address)),
    )
  }
  return chosen
}

/** How well a LABEL and an ADR go together; the first difference counts. */
type Pair = { label: Line; address: Line; likeness: readonly number[] }

/** The likeliest first, otherwise in the order of the card. */
function pairsOf(card: Card, labels: readonly PrintedLabel[]): Pair[] {
  const before = addressesBefore(card)
  const partsOf = remembering((address) => foldedParts(card, address))
  const typesIn = remembering((line) => typeSet(card, line))
  const pairs = labels.flatMap(({ line, text, matching }) => {
    const compared = matching.slice(0, maxCompared)
    const printed = compared.length > 1 ? fold(text) : ''
    return compared.map((address): Pair => {
      const parts = partsOf(address)
      const standing = parts.filter((part) => printed.includes(part)).length
      const likeness = [
        Number(line.group !== '' && line.group.toLowerCase() === address.group.toLowerCase()),
        Number(typesIn(line) === typesIn(address)),
        standing / Math.max(1, parts.length),
        standing,
        Number(before.get(line) === address),
      ]
      return { label: line, address, likeness }
    })
  })
  return pairs.sort((a, b) => {
    const at = a.likeness.findIndex((value, index) => value !== b.likeness[index])
    return at < 0 ? 0 : (b.likeness[at] ?? 0) - (a.likeness[at] ?? 0)
  })
}

/** The ADR that each LABEL follows. */
function addressesBefore(card: Card): Map<Line, Line> {
  const before = new Map<Line, Line>()
  let last: Line | undefined
  for (const line of card.lines) {
    if (line.name === 'ADR') last = line
    else if (line.name === 'LABEL' && last) before.set(line, last)
  }
  return before
}

function foldedParts(card: Card, address: Line): string[] {
  const parts = codec.read(sourceOf(card, address))
  return addressParts.flatMap((key) => {
    const part = fold(parts?.[key] ?? '')
    return part === '' ? [] : part
  })
}

function typeSet(card: Card, line: Line): string {
  const types = typesOf(sourceOf(card, line).params).map((type) => type.trim().toLowerCase())
  return [...new Set(types)].toSorted((a, b) => (a < b ? -1 : 1)).join()
}

function remembering<Value>(make: (line: Line) => Value): (line: Line) => Value {
  const made = new Map<Line, Value>()
  return (line) => made.getOrInsertComputed(line, make)
}
