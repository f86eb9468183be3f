import { alternativesOf } from '../fields/alternatives.ts'
import { androidCustom } from '../fields/android-custom.ts'
import { sourceOf, type Entry } from '../fields/collect.ts'
import type { Item, ListCodec } from '../fields/list-codec.ts'
import { valueOf, type Line } from '../lines/lines.ts'
import { changedLine, lastIndexOfGroup, removeLine, type CardEdit } from './card-edit.ts'
import { companionsOf, newItemLines, relabelledLines } from './item-lines.ts'
import { matchItems, type Match } from './match-items.ts'
import { makePreferred, rankOfItem, removePreference } from './preference.ts'

/** Updates the lines of a list so that the wanted items are read from them, in their order. */
export function patchList(
  edit: CardEdit,
  codec: ListCodec<Item>,
  entries: readonly Entry[],
  wanted: readonly Item[],
): void {
  if (JSON.stringify(entries.map(({ item }) => item)) === JSON.stringify(wanted)) return
  const matches = matchItems(entries, wanted)
  const updates = matches.map((match) => ({ match, lines: updatedLines(edit, codec, match) }))
  const kept = new Set(updates.flatMap(({ match, lines }) => (lines ? match.entry : [])))
  for (const entry of entries) {
    const line = edit.card.lines[entry.at]
    if (line && !kept.has(entry)) removeLine(edit, line)
  }
  const items = updates.map(({ match, lines }) => ({
    at: lines ? match.entry?.at : undefined,
    lines: lines ?? newItemLines(edit, codec, match.item, codec.create(match.item, edit.version)),
  }))
  arrange(edit, codec, items)
}

/** The lines of a wanted item: its property and, if it is new, its X-ABLabel. */
type PlacedItem = {
  /** The index of its old line; undefined if it has none. */
  at: number | undefined
  lines: Line[]
}

/** The lines that replace the line of an entry; null if its property cannot express the item. */
function updatedLines(
  edit: CardEdit,
  codec: ListCodec<Item>,
  { item, entry }: Match,
): Line[] | null {
  const line = entry && edit.card.lines[entry.at]
  if (!line) return null
  // The printed form of an address would contradict its parts.
  if (line.name === 'LABEL') return null
  const before = entry.item
  if (JSON.stringify(before) === JSON.stringify(item)) return [line]
  const isSameLabel = before.label === item.label
  if ((entry.isPinned && !isSameLabel) || line.name === androidCustom) return null
  const source = sourceOf(edit.card, line)
  const isSameValue =
    JSON.stringify({ ...before, label: null }) === JSON.stringify({ ...item, label: null })
  const property = isSameValue
    ? { params: source.params, value: valueOf(line) }
    : codec.update(source, item, edit.version)
  if (property === null) return null
  if (isSameLabel) return [changedLine(edit, line, property)]
  return relabelledLines(edit, codec, entry.at, item.label, property)
}

/**
 * Places the items so that they are read in their order. If only the first one changes, no line moves:
 * the item is marked as preferred.
 */
function arrange(edit: CardEdit, codec: ListCodec<Item>, items: PlacedItem[]): void {
  const [first, ...rest] = items
  if (!first) return
  if (isReadInOrder(edit, items, !codec.isRanked)) return keepPositions(edit, items)
  const onlyFirstChanges =
    codec.isRanked && first.at !== undefined && isReadInOrder(edit, rest, true)
  if (codec.isRanked && (onlyFirstChanges || !areRanksInOrder(edit, items))) {
    for (const item of items) removePreference(edit, item)
    makePreferred(edit, first)
  }
  if (onlyFirstChanges) keepPositions(edit, items)
  else reorder(edit, items)
}

function keepPositions(edit: CardEdit, items: readonly PlacedItem[]): void {
  let end: number | undefined
  for (const { at, lines } of items) {
    if (at !== undefined) edit.cells[at] = lines
    if (at !== undefined && at >= (end ?? 0)) end = at
  }
  const added = items.flatMap(({ at, lines }) => (at === undefined ? lines : []))
  insertAfter(edit, end, added)
}

/**
 * Distributes the items in their order over the positions of their old lines, with companions and with the
 * other forms of their values, of which the first one counts.
 */
function reorder(edit: CardEdit, items: readonly PlacedItem[]): void {
  const alternatives = alternativesOf(edit.card)
  const positions = items.flatMap(({ at }) => at ?? []).sort((a, b) => a - b)
  const moved = items.map(({ at, lines }) => {
    if (at === undefined) return lines
    const others = (alternatives.get(edit.card.lines[at] as Line) ?? []).map((line) =>
      edit.card.lines.indexOf(line),
    )
    const following = [...companionsOf(edit, at), ...others].flatMap((other) => {
      const cell = edit.cells[other] ?? []
      edit.cells[other] = []
      return cell
    })
    return [...lines, ...following]
  })
  for (const position of positions) edit.cells[position] = []
  let next = 0
  let latest: number | undefined
  for (const [index, { at }] of items.entries()) {
    if (at !== undefined) latest = positions[next++]
    const lines = moved[index] ?? []
    const position = latest ?? positions[0]
    if (position === undefined) edit.tail.push(...lines)
    else edit.cells[position]?.push(...lines)
  }
}

function insertAfter(edit: CardEdit, at: number | undefined, lines: readonly Line[]): void {
  if (at === undefined) edit.tail.push(...lines)
  else edit.cells[lastIndexOfGroup(edit, at)]?.push(...lines)
}

/** Whether the items are read in their order if they keep their positions and new ones are added. */
function isReadInOrder(edit: CardEdit, items: readonly PlacedItem[], ignoresRank = false): boolean {
  return items.every((item, index) => {
    const before = items[index - 1]
    if (!before) return true
    const [rank, next] = ignoresRank ? [0, 0] : [rankOfItem(edit, before), rankOfItem(edit, item)]
    if (rank !== next) return rank < next
    return item.at === undefined || (before.at !== undefined && before.at < item.at)
  })
}

function areRanksInOrder(edit: CardEdit, items: readonly PlacedItem[]): boolean {
  const ranks = items.map((item) => rankOfItem(edit, item))
  return ranks.every((rank, index) => index === 0 || (ranks[index - 1] ?? 0) <= rank)
}
