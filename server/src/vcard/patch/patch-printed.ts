import { printedAddresses } from '../convert/printed-address.ts'
import { typesOf } from '../fields/label-forms.ts'
import { without } from '../fields/list-codec.ts'
import { valueOf, type Line } from '../lines/lines.ts'
import { makeParam, readParams } from '../lines/params.ts'
import { changedLine, type CardEdit } from './card-edit.ts'

/**
 * Keeps a printed address of 3.0 (LABEL; RFC 2426, 3.2.2) beside an address whose parts stay, with the types and in the
 * group that this has now. One whose address changes is removed, since it would contradict the parts.
 */
export function patchPrinted(edit: CardEdit): void {
  const { card, cells } = edit
  if (!card.lines.some(isLabel)) return
  const { lines, further } = printedAddresses(card)
  const nowOf = addressesNow(edit)
  let before: Line | undefined
  for (const [at, line] of card.lines.entries()) {
    const cell = cells[at] ?? []
    // New lines may stand behind it by now.
    const index = isLabel(line) ? cell.indexOf(line) : -1
    if (index >= 0) {
      const address = lines.get(line) ?? further.get(line)
      const now = address && nowOf.get(address)
      const label = address && now && besideAddress(edit, line, address, now)
      cell.splice(index, 1, ...(label && now === before ? [label] : []))
      if (label && now !== before) insertBehind(edit, now, label)
      if (!label && line.group !== '') edit.touchedGroups.add(line.group.toLowerCase())
    }
    before = cell.findLast(isAddress) ?? before
  }
}

function isLabel({ name }: Line): boolean {
  return name === 'LABEL'
}

function isAddress({ name }: Line): boolean {
  return name === 'ADR'
}

/** So that it is taken for the printed form of no other address. */
function insertBehind({ cells }: CardEdit, address: Line, label: Line): void {
  const cell = cells.find((lines) => lines.includes(address))
  const at = (cell?.indexOf(address) ?? -1) + 1
  const others = cell?.slice(at).findIndex(({ name }) => name !== 'LABEL') ?? -1
  cell?.splice(others < 0 ? cell.length : at + others, 0, label)
}

/**
 * The lines that have the parts of the addresses now, which may stand elsewhere: of several that say the same, each
 * address has the one of its types, and else the one in its own place.
 */
function addressesNow({ card, cells }: CardEdit): Map<Line, Line> {
  const left = new Set(cells.flat().filter(isAddress))
  const found = new Map<Line, Line>()
  const addresses = card.lines.filter(isAddress)
  const take = (isLikely: (now: Line, address: Line) => boolean) => {
    for (const address of addresses.filter((line) => !found.has(line))) {
      const now = [...left].find(
        (line) => valueOf(line) === valueOf(address) && isLikely(line, address),
      )
      if (!now) continue
      found.set(address, now)
      left.delete(now)
    }
  }
  const isInPlace = (now: Line, address: Line) =>
    cells[card.lines.indexOf(address)]?.includes(now) ?? false
  take((now, address) => isInPlace(now, address) && hasSameTypes(now, address))
  take(hasSameTypes)
  take(isInPlace)
  take(() => true)
  return found
}

function hasSameTypes(one: Line, other: Line): boolean {
  const types = new Set(typesOf(readParams(one.params)))
  return types.symmetricDifference(new Set(typesOf(readParams(other.params)))).size === 0
}

function besideAddress(edit: CardEdit, line: Line, address: Line, now: Line): Line {
  if (now === address) return line
  const isInItsGroup = line.group !== '' && line.group.toLowerCase() === address.group.toLowerCase()
  const types = typesOf(readParams(now.params))
  const params = without(readParams(line.params), 'TYPE')
  if (types.length > 0) params.unshift(makeParam('TYPE', types))
  const group = isInItsGroup ? now.group : line.group
  return changedLine(edit, line, { params, value: valueOf(line), group })
}
