import { rankOf } from '../fields/collect.ts'
import type { Version } from '../lines/card.ts'
import { valueOf, type Line } from '../lines/lines.ts'
import { makeParam, readParams, type Param } from '../lines/params.ts'
import { changedLine, type CardEdit } from './card-edit.ts'

/** The lines of an item, of which the first one is its property. */
type ItemLines = { lines: Line[] }

export function rankOfItem(edit: CardEdit, unit: ItemLines): number {
  return rankOf(paramsOf(edit, unit))
}

/** Adds TYPE=pref, or PREF=1 in 4.0 (RFC 6350, 5.3). */
export function makePreferred(edit: CardEdit, unit: ItemLines): void {
  const mark = edit.version === '4.0' ? makeParam('PREF', ['1']) : makeParam('TYPE', ['PREF'])
  setParams(edit, unit, [...paramsOf(edit, unit), mark])
}

export function removePreference(edit: CardEdit, unit: ItemLines): void {
  const params = paramsOf(edit, unit)
  if (rankOf(params) === Infinity) return
  setParams(edit, unit, withoutPreference(params, edit.version))
}

export function withoutPreference(params: readonly Param[], version: Version): Param[] {
  return params.flatMap((param) => {
    if (param.name === 'PREF') return []
    const isPreferred = (type: string) => type.toLowerCase() === 'pref'
    if (param.name !== 'TYPE' || !param.values.some(isPreferred)) return param
    const values = param.values.filter((type) => !isPreferred(type))
    return values.length > 0 ? makeParam('TYPE', values, version === '4.0') : []
  })
}

function paramsOf({ version }: CardEdit, { lines }: ItemLines): readonly Param[] {
  return readParams(lines[0]?.params ?? '', version === '4.0')
}

function setParams(edit: CardEdit, unit: ItemLines, params: readonly Param[]): void {
  const [line, ...rest] = unit.lines
  if (!line) return
  unit.lines = [changedLine(edit, line, { params, value: valueOf(line) }), ...rest]
}
