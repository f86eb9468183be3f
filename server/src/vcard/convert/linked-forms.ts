import { alternativesOf, nameFormsOf } from '../fields/alternatives.ts'
import { without } from '../fields/list-codec.ts'
import type { Card } from '../lines/card.ts'
import { valueOf, type Line } from '../lines/lines.ts'
import { makeParam, paramValue, readParams, type Param } from '../lines/params.ts'
import { changedLine, type CardEdit } from '../patch/card-edit.ts'
import { valueKey } from './line-meaning.ts'

/** Of a preserved form of a value (ALTID, RFC 6350, 5.4): a key of the value that it is a form of. */
const formOf = 'X-KITH-OF'

/**
 * Links the forms of values that are preserved in a card of 3.0 to these: beside another value, which they are no forms
 * of, they are outdated.
 */
export function linkForms(edit: CardEdit): void {
  const { card, cells } = edit
  for (const [counting, others] of [...alternativesOf(card), ...nameFormsOf(card)]) {
    const host = cells[card.lines.indexOf(counting)]?.find(({ name }) => name === counting.name)
    if (!host) continue
    const key = valueKey({ ...card, version: '3.0' }, host)
    for (const other of others) {
      const cell = cells[card.lines.indexOf(other)]
      if (cell) cells[card.lines.indexOf(other)] = cell.map((line) => linked(edit, line, key))
    }
  }
}

function linked(edit: CardEdit, line: Line, key: string): Line {
  const params = [...readParams(line.params), makeParam(formOf, [key])]
  return changedLine(edit, line, { params, value: valueOf(line) })
}

/** Whether a preserved line is a form of what still stands there, or of nothing. */
export function isStillForm(card: Card, { params }: Line, hosts: readonly Line[]): boolean {
  const key = params === '' ? undefined : paramValue(readParams(params), formOf)
  return key === undefined || hosts.every((host) => valueKey(card, host) === key)
}

export function withoutLink(params: readonly Param[]): Param[] {
  return without(params, formOf)
}
