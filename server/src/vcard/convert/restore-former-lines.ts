import type { Card } from '../lines/card.ts'
import { binaryProperties } from '../lines/encoded-text.ts'
import { makeLine, spelling, valueOf, type Line } from '../lines/lines.ts'
import { newLine, type CardEdit } from '../patch/card-edit.ts'
import { companionsOf, withAbLabel } from '../patch/item-lines.ts'
import { carryParams } from './carried-params.ts'
import { fingerprintOf, formerLine, readFormers, writeFormer, type Former } from './former-line.ts'
import { canBeFurtherBirthday } from './further-birthdays.ts'
import { meaningsOf } from './line-meaning.ts'

/** Lines of 3.0 for what is a part of N or of ADR in 4.0. */
const parts: ReadonlySet<string> = new Set(['SORT-STRING', 'X-KITH-SORT-AS', 'LABEL'])

/** Those that are still to be restored, by their fingerprints. */
type Formers = { inPlace: ReadonlyMap<string, Former[]>; behind: ReadonlyMap<string, Former[]> }

export type RestoredFormers = {
  /** The lines that hold a former one of something that is gone. */
  unused: Line[]
  /** Those that hold one of something that was changed, as they would be written of what it is by now. */
  renewed: ReadonlyMap<Line, Line>
}

/**
 * Restores in a card that was converted back the former lines of what is unchanged, and of what is changed their
 * parameters.
 */
export function restoreFormerLines(edit: CardEdit): RestoredFormers {
  const { card } = edit
  const all = readFormers(card)
  if (all.length === 0) return { unused: [], renewed: new Map() }
  const byFingerprint = ({ key }: Former) => key.fingerprint
  const formers: Formers = {
    inPlace: Map.groupBy(
      all.filter(({ key }) => !key.isBehind),
      byFingerprint,
    ),
    behind: Map.groupBy(
      all.filter(({ key }) => key.isBehind),
      byFingerprint,
    ),
  }
  const changed = restoreWholly(edit, formers)
  restoreParts(edit, formers)
  const inPlace = [...formers.inPlace.values()].flat()
  const carried = carryParams(edit, changed, inPlace)
  const left = [...inPlace, ...[...formers.behind.values()].flat()]
  return {
    unused: left.flatMap((former) => (carried.has(former) ? [] : former.source)),
    renewed: new Map(
      [...carried].map(([{ source }, text]) => [
        source,
        newLine(edit, formerLine, writeFormer(text)),
      ]),
    ),
  }
}

/** @returns the lines that differ from their former ones, or have none, with their meanings */
function restoreWholly(edit: CardEdit, formers: Formers): Map<Line, string> {
  const { card } = edit
  const changed = new Map<Line, string>()
  for (const [line, meaning] of meaningsOf(card)) {
    const key = fingerprintOf(meaning)
    const [next] = formers.inPlace.get(key) ?? []
    const isPossible = next?.line.name !== 'BDAY' || canBeFurther(card, line)
    const former = isPossible ? formers.inPlace.get(key)?.shift() : undefined
    if (former) restore(edit, line, former)
    else changed.set(line, meaning)
    const again = takeAll(formers.behind, key)
    const cell = edit.cells[card.lines.indexOf(line)]
    cell?.push(...again.map((other) => restoredLine(other, line, cell[0] ?? line, card.lineEnd)))
  }
  return changed
}

function restore(edit: CardEdit, line: Line, former: Former): void {
  const { card, cells } = edit
  const at = card.lines.indexOf(line)
  const cell = cells[at] ?? []
  const { group, name } = former.line
  if (group === '') for (const companion of companionsOf(edit, at)) cells[companion] = []
  const restored = restoredLine(former, line, cell[0] ?? line, card.lineEnd)
  const labelled =
    former.label === undefined ? [restored] : withAbLabel(edit, at, restored, former.label)
  cells[at] = [...labelled, ...cell.filter((part) => parts.has(part.name) && part.name !== name)]
}

/** Restores those that had become a part of another line, which makes a line of its own again. */
function restoreParts(edit: CardEdit, formers: Formers): void {
  const { card, version, cells } = edit
  if (!cells.some((cell) => cell.some(({ name }) => parts.has(name)))) return
  const made = meaningsOf({ ...card, version, lines: cells.flat() })
  for (const [at, cell] of cells.entries()) {
    cells[at] = cell.flatMap((line) => {
      const meaning = parts.has(line.name) ? made.get(line) : undefined
      if (meaning === undefined) return line
      const key = fingerprintOf(meaning)
      const former = formers.inPlace.get(key)?.shift()
      const again = takeAll(formers.behind, key)
      const restored = (one: Former) => restoredLine(one, line, line, card.lineEnd)
      return [former ? restored(former) : line, ...again.map(restored)]
    })
  }
}

function canBeFurther(card: Card, line: Line): boolean {
  return line.name === 'BDAY' || canBeFurtherBirthday(card, line)
}

function takeAll(formers: ReadonlyMap<string, Former[]>, key: string): Former[] {
  return formers.get(key)?.splice(0) ?? []
}

/** @param converted the line in the version of the former one */
function restoredLine(
  { line: former, hasValue }: Former,
  line: Line,
  converted: Line,
  lineEnd: string,
): Line {
  const group = former.group === '' ? '' : line.group
  // Octets have another form in each version.
  const same = binaryProperties.has(line.name) ? converted : line
  const value = valueOf(hasValue ? former : same)
  return makeLine(group, spelling(former), former.params, value, lineEnd)
}
