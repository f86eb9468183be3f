import { changedLine, lastIndexOfGroup, removeLine, type CardEdit } from './card-edit.ts'
import { sourceOf, type Entry } from '../fields/collect.ts'
import type { Item, ListCodec } from '../fields/list-codec.ts'
import { valueOf, type Line } from '../lines/lines.ts'
import { matchItems, type Match } from './match-items.ts'
import { makePreferred, rankOfItem, removePreference } from './preference.ts'
import { companionsOf, newItemLines, relabelledLines } from './item-lines.ts'

/** Makes the lines of a list say other items: lines that need no change stay as they are. */
export function patchList(
  edit: CardEdit,
  codec: ListCodec<Item>,
  entries: readonly Entry[],
  wanted: readonly Item[],
): void {
  if (JSON.stringify(entries.map(({ item }) => item)) === JSON.stringify(wanted)) return
  const matches = matchItems(entries, wanted)
  const units = matches.map((match) => ({ match, lines: updatedLines(edit, codec, match) }))
  const kept = new Set(units.flatMap(({ match, lines }) => (lines ? match.entry : [])))
  for (const entry of entries) {
    const line = edit.card.lines[entry.at]
    if (line && !kept.has(entry)) removeLine(edit, line)
  }
  const placed = units.map(({ match, lines }) => ({
    at: lines ? match.entry?.at : undefined,
    lines: lines ?? newItemLines(edit, codec, match.item, codec.create(match.item, edit.version)),
  }))
  arrange(edit, codec, placed)
}

type PlacedItem = {
  /** Where it stood; undefined where it is new. */
  at: number | undefined
  /** Its own line, and a label that is new. */
  lines: Line[]
}

/** The lines of an item in the place of its old line; null where that cannot say it. */
function updatedLines(
  edit: CardEdit,
  codec: ListCodec<Item>,
  { item, entry }: Match,
): Line[] | null {
  const line = entry && edit.card.lines[entry.at]
  if (!line) return null
  // The address as printed would contradict its parts.
  if (line.name === 'LABEL') return null
  const before = entry.item
  if (JSON.stringify(before) === JSON.stringify(item)) return [line]
  const isSameLabel = before.label === item.label
  if (entry.isPinned && !isSameLabel) return null
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
 * Puts the units where they are read in their order. Where only another one is to be the first,
 * nothing moves: it is marked as preferred.
 */
function arrange(edit: CardEdit, codec: ListCodec<Item>, units: PlacedItem[]): void {
  const [first, ...rest] = units
  if (!first) return
  if (isReadInOrder(edit, units)) return keepPositions(edit, units)
  const staysPut = codec.isRanked && first.at !== undefined && isReadInOrder(edit, rest, true)
  if (codec.isRanked && (staysPut || !areRanksInOrder(edit, units))) {
    for (const unit of units) removePreference(edit, unit)
    makePreferred(edit, first)
  }
  if (staysPut) keepPositions(edit, units)
  else reorder(edit, units)
}

function keepPositions(edit: CardEdit, units: readonly PlacedItem[]): void {
  let end: number | undefined
  for (const { at, lines } of units) {
    if (at !== undefined) edit.cells[at] = lines
    if (at !== undefined && at >= (end ?? 0)) end = at
  }
  const added = units.flatMap(({ at, lines }) => (at === undefined ? lines : []))
  insertAfter(edit, end, added)
}

/** Deals the units out to the places that their old lines leave; companions go along. */
function reorder(edit: CardEdit, units: readonly PlacedItem[]): void {
  const places = units.flatMap(({ at }) => at ?? []).sort((a, b) => a - b)
  const moving = units.map(({ at, lines }) => {
    if (at === undefined) return lines
    const along = companionsOf(edit, at).flatMap((companion) => {
      const cell = edit.cells[companion] ?? []
      edit.cells[companion] = []
      return cell
    })
    return [...lines, ...along]
  })
  for (const place of places) edit.cells[place] = []
  let next = 0
  let end: number | undefined
  for (const [index, { at }] of units.entries()) {
    if (at !== undefined) end = places[next++]
    const lines = moving[index] ?? []
    const place = end ?? places[0]
    if (place === undefined) edit.tail.push(...lines)
    else edit.cells[place]?.push(...lines)
  }
}

function insertAfter(edit: CardEdit, at: number | undefined, lines: readonly Line[]): void {
  if (at === undefined) edit.tail.push(...lines)
  else edit.cells[lastIndexOfGroup(edit, at)]?.push(...lines)
}

/** Whether the units, left in their places, are read in their order; new ones stand behind. */
function isReadInOrder(edit: CardEdit, units: readonly PlacedItem[], ignoresRank = false): boolean {
  return units.every((unit, index) => {
    const before = units[index - 1]
    if (!before) return true
    const [rank, next] = ignoresRank ? [0, 0] : [rankOfItem(edit, before), rankOfItem(edit, unit)]
    if (rank !== next) return rank < next
    return unit.at === undefined || (before.at !== undefined && before.at < unit.at)
  })
}

function areRanksInOrder(edit: CardEdit, units: readonly PlacedItem[]): boolean {
  const ranks = units.map((unit) => rankOfItem(edit, unit))
  return ranks.every((rank, index) => index === 0 || (ranks[index - 1] ?? 0) <= rank)
}
