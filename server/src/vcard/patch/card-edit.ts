import { cardText, type Card, type Version } from '../lines/card.ts'
import { makeLine, spelling, type Line } from '../lines/lines.ts'
import { joinParams, type Param } from '../lines/params.ts'
import { companions } from '../fields/properties.ts'

/** A card being changed: each of its lines may become none, another, or several. */
export type CardEdit = {
  card: Card
  /** What the card is written in. */
  version: Version
  /** For each line of the card, what stands in its place. */
  cells: Line[][]
  /** New lines, before END. */
  tail: Line[]
  /** Groups, in lower case, that lost a line or a label. */
  touchedGroups: Set<string>
  lastItem: number
  /** By their names in lower case. */
  groups: ReadonlyMap<string, PropertyGroup>
}

/** The lines of a group, and those of them that are its labels. */
export type PropertyGroup = {
  members: number[]
  labels: number[]
  /** Whether it has more than one property that a label could be for. */
  isShared: boolean
}

export function editCard(card: Card, version: Version): CardEdit {
  const cells = card.lines.map((line) => [line])
  const last = card.lines.at(-1)
  // Where there is no END, the last line may not have ended.
  if (last && card.end === card.lines.length && !/[\r\n]$/.test(last.raw)) {
    cells[cells.length - 1] = [{ ...last, raw: last.raw + card.lineEnd }]
  }
  const groups = groupsOf(card)
  const lastItem = lastItemNumber(groups.keys())
  return { card, version, cells, tail: [], touchedGroups: new Set(), lastItem, groups }
}

/** The text after all changes. A label whose property is gone goes too. */
export function editedText(edit: CardEdit): string {
  const { card, cells, tail } = edit
  removeOrphans(edit)
  const before = cells.slice(0, card.end).flat()
  const lines = [...before, ...tail, ...cells.slice(card.end).flat()]
  return cardText({ ...card, lines })
}

/** A line with other parameters or another value; its group and the spelling of its name stay. */
export function changedLine(
  { card }: CardEdit,
  line: Line,
  {
    params,
    value,
    group = line.group,
  }: { params: readonly Param[]; value: string; group?: string },
): Line {
  return makeLine(group, spelling(line), joinParams(params), value, card.lineEnd)
}

export function newLine(
  { card }: CardEdit,
  name: string,
  value: string,
  { params = [], group = '' }: { params?: readonly Param[]; group?: string } = {},
): Line {
  return makeLine(group, name, joinParams(params), value, card.lineEnd)
}

/** A group that no line of the card is in. */
export function newGroupName(edit: CardEdit): string {
  edit.lastItem++
  return `item${edit.lastItem}`
}

export function removeLine(edit: CardEdit, line: Line): void {
  if (line.group !== '') edit.touchedGroups.add(line.group.toLowerCase())
  edit.cells[edit.card.lines.indexOf(line)] = []
}

export function replaceLine(edit: CardEdit, line: Line, ...others: Line[]): void {
  edit.cells[edit.card.lines.indexOf(line)] = others
}

/** The last line of the run of companions behind a line, to insert something after all of them. */
export function lastIndexOfGroup({ card }: CardEdit, at: number): number {
  const group = card.lines[at]?.group.toLowerCase()
  if (!group) return at
  for (let end = at; ; end++) {
    if (card.lines[end + 1]?.group.toLowerCase() !== group) return end
  }
}

function removeOrphans({ cells, tail, touchedGroups }: CardEdit): void {
  if (touchedGroups.size === 0) return
  const isCompanion = ({ name }: Line) => companions.has(name)
  for (const line of [...cells.flat(), ...tail]) {
    if (!isCompanion(line)) touchedGroups.delete(line.group.toLowerCase())
  }
  for (const [at, cell] of cells.entries()) {
    cells[at] = cell.filter(
      (line) => !isCompanion(line) || !touchedGroups.has(line.group.toLowerCase()),
    )
  }
}

function groupsOf(card: Card): Map<string, PropertyGroup> {
  const groups = new Map<string, PropertyGroup>()
  const led = new Set<string>()
  for (const [at, { name, group }] of card.lines.entries()) {
    if (name === '' || group === '') continue
    const key = group.toLowerCase()
    const found = groups.getOrInsertComputed(key, () => ({
      members: [],
      labels: [],
      isShared: false,
    }))
    found.members.push(at)
    if (name === 'X-ABLABEL') found.labels.push(at)
    if (companions.has(name)) continue
    found.isShared = led.has(key)
    led.add(key)
  }
  return groups
}

function lastItemNumber(groups: Iterable<string>): number {
  let last = 0
  for (const group of groups) {
    const number = /^item(\d{1,9})$/.exec(group)?.[1]
    if (number) last = Math.max(last, Number(number))
  }
  return last
}
