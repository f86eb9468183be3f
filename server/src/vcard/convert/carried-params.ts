import { sourceOf } from '../fields/collect.ts'
import type { Card } from '../lines/card.ts'
import { valueOf, type Line } from '../lines/lines.ts'
import { paramValue, readParams, type Param } from '../lines/params.ts'
import { changedLine, type CardEdit } from '../patch/card-edit.ts'
import { fingerprintOf, hasOwnValue, type Former, type FormerText } from './former-line.ts'
import { valueKey } from './line-meaning.ts'

/**
 * Parameters of 4.0 that a line keeps when another value comes to it, as it does where the API changes a card of 4.0.
 * Others are about the value (SORT-AS), or 3.0 has a place of its own for them, in which they may be changed (LABEL).
 */
const ofTheLine: ReadonlySet<string> = new Set(
  (
    'PID PROP-ID PREF ALTID INDEX LEVEL AUTHOR AUTHOR-NAME CREATED DERIVED PHONETIC SCRIPT JSPTR ' +
    'GEO TZ CC VALUE'
  ).split(' '),
)
/** Those that a line keeps as long as its value is the same, whatever becomes of its label. */
const ofTheValue: ReadonlySet<string> = new Set('MEDIATYPE JSCOMPS'.split(' '))

/** The names in 3.0 of properties that have another one in 4.0. */
const names3 = new Map([
  ['ANNIVERSARY', 'X-ABDATE'],
  ['MEMBER', 'X-ADDRESSBOOKSERVER-MEMBER'],
  ['RELATED', 'X-ABRELATEDNAMES'],
  ['SOCIALPROFILE', 'X-SOCIALPROFILE'],
])

/** Whether a line of 4.0 has parameters that it keeps with another value, and that 3.0 does not have. */
export function hasParamsToCarry(card: Card, line: Line): boolean {
  const { params } = sourceOf(card, line)
  return card.version === '4.0' && params.some((param) => isCarried(param, valueOf(line), false))
}

/**
 * Gives to lines that were changed in 3.0 the parameters of their former lines that it does not have: to those with
 * the same value as then, and to the others in their order, unless there are too few of them to know which are gone.
 * @param changed the lines that differ from their former ones, with their meanings
 * @returns the former lines that have a changed one, with what they are by now
 */
export function carryParams(
  edit: CardEdit,
  changed: ReadonlyMap<Line, string>,
  formers: readonly Former[],
): ReadonlyMap<Former, FormerText> {
  const renewed = new Map<Former, FormerText>()
  if (edit.version !== '4.0') return renewed
  const known = formers.filter(({ key }) => key.value !== undefined)
  const linesOf = Map.groupBy(changed.keys(), ({ name }) => nameIn3(name))
  for (const [name, left] of Map.groupBy(known, ({ line }) => nameIn3(line.name))) {
    for (const [former, line, isSameValue] of pairs(edit.card, left, linesOf.get(name) ?? [])) {
      const carrying = carry(edit, line, former, isSameValue)
      if (!carrying) continue
      const key = {
        fingerprint: fingerprintOf(changed.get(line) ?? ''),
        isBehind: false,
        value: valueKey(edit.card, line),
      }
      const { params } = carrying
      const hasValue = hasOwnValue(carrying, line)
      renewed.set(former, { key, line: carrying, params, hasValue, label: undefined })
    }
  }
  return renewed
}

type Pair = [former: Former, line: Line, isSameValue: boolean]

function pairs(card: Card, formers: readonly Former[], lines: readonly Line[]): Pair[] {
  const byValue = Map.groupBy(lines, (line) => valueKey(card, line))
  const same = formers.flatMap((former): Pair[] => {
    const line = byValue.get(former.key.value ?? '')?.shift()
    return line ? [[former, line, true]] : []
  })
  const taken = new Set(same.flatMap(([former, line]) => [former, line] as const))
  const left = formers.filter((former) => !taken.has(former))
  const others = lines.filter((line) => !taken.has(line))
  if (left.length > others.length) return same
  return [...same, ...left.map((former, at): Pair => [former, others[at] as Line, false])]
}

/** @returns the line in 4.0 with what was carried; undefined where there is none */
function carry(edit: CardEdit, line: Line, former: Former, isSameValue: boolean): Line | undefined {
  const cell = edit.cells[edit.card.lines.indexOf(line)]
  const converted = cell?.[0]
  if (!cell || !converted) return undefined
  const params = readParams(converted.params, true)
  const value = valueOf(converted)
  const added = readParams(former.line.params, true).filter(
    (param) => paramValue(params, param.name) === undefined && isCarried(param, value, isSameValue),
  )
  if (added.length === 0) return converted
  cell[0] = changedLine(edit, converted, { params: [...params, ...added], value })
  return cell[0]
}

function isCarried({ name, values }: Param, value: string, isSameValue: boolean): boolean {
  if (isSameValue && ofTheValue.has(name)) return true
  // 3.0 has a mark for the best rank, which may have been removed there.
  if (name === 'PREF') return values[0] !== '1'
  if (name === 'VALUE')
    return /^uri$/i.test(values[0] ?? '') && /^[a-z][a-z\d+.-]*:\S+$/i.test(value)
  return ofTheLine.has(name)
}

function nameIn3(name: string): string {
  return names3.get(name) ?? name
}
