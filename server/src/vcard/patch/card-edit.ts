import { companions } from '../fields/properties.ts'
import { cardText, strayLines, type Card, type Version } from '../lines/card.ts'
import { makeLine, spelling, type Line } from '../lines/lines.ts'
import { joinParams, type Param } from '../lines/params.ts'

/** The changes of a card: each line may be replaced by any number of lines. */
export type CardEdit = {
  card: Card
  /** The version in which new lines are written. */
  version: Version
  /** The lines that replace each line of the card; at first, the line itself. */
  cells: Line[][]
  /** New lines before END. */
  tail: Line[]
  /** The names of groups that lost a line, in lower case. */
  touchedGroups: Set<string>
  /** The highest number of a group named `item1`, `item2` and so on. */
  lastItem: number
  /** The groups of the card by their names in lower case. */
  groups: ReadonlyMap<string, PropertyGroup>
}

/** The indexes of the lines of a group (RFC 6350, 3.3), and of its X-ABLabel lines. */
export type PropertyGroup = {
  lines: number[]
  abLabels: number[]
  /** Whether an X-ABLabel could belong to several properties. */
  isShared: boolean
}

export function editCard(card: Card, version: Version): CardEdit {
  const cells = card.lines.map((line) => [line])
  const last = card.lines.at(-1)
  // Without END, the last line may lack a line end.
  if (last && card.end === card.lines.length && !/[\r\n]$/.test(last.raw)) {
    cells[cells.length - 1] = [{ ...last, raw: last.raw + card.lineEnd }]
  }
  const groups = groupsOf(card)
  const lastItem = lastItemNumber(groups.keys())
  return { card, version, cells, tail: [], touchedGroups: new Set(), lastItem, groups }
}

/** The text after all changes, without companions whose property was removed. */
export function editedText(edit: CardEdit): string {
  const { card, cells, tail } = edit
  removeOrphans(edit)
  removeStrayLines(edit)
  const before = cells.slice(0, card.end).flat()
  const lines = [...before, ...tail, ...cells.slice(card.end).flat()]
  return cardText({ ...card, lines })
}

/** A line with other parameters or another value, but the same group and spelling of the name. */
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

/** The name of a group that the card does not have yet. */
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

/** The index of the last line that directly follows in the same group: new lines go after it. */
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

/** A line that is no property would be read as a part of the text that comes to stand before it. */
function removeStrayLines({ card, cells }: CardEdit): void {
  const stray = strayLines(card)
  let isSameBefore = true
  for (const [at, line] of card.lines.entries()) {
    if (stray.has(line) && line.raw.trim() !== '' && !isSameBefore) cells[at] = []
    else if (line.name !== '') isSameBefore = cells[at]?.at(-1) === line
  }
}

function groupsOf(card: Card): Map<string, PropertyGroup> {
  const groups = new Map<string, PropertyGroup>()
  const withProperty = new Set<string>()
  for (const [at, { name, group }] of card.lines.entries()) {
    if (name === '' || group === '') continue
    const key = group.toLowerCase()
    const found = groups.getOrInsertComputed(key, () => ({
      lines: [],
      abLabels: [],
      isShared: false,
    }))
    found.lines.push(at)
    if (name === 'X-ABLABEL') found.abLabels.push(at)
    if (companions.has(name)) continue
    found.isShared = withProperty.has(key)
    withProperty.add(key)
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
