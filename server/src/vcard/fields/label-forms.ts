import type { ListField } from '../../book/fields.ts'
import { knownLabels, noiseTypes } from '../../book/known-labels.ts'
import type { Version } from '../lines/card.ts'
import type { Param } from '../lines/params.ts'
import { oneLine } from '../../book/text.ts'

/** How a label is written: as types, as X-ABLabel, or not at all. */
export type LabelForm = { types: string[]; abLabel: string | null }

const byName = new Map<string, string>()
for (const { label, apple, aliases = [] } of knownLabels) {
  for (const name of [label, ...(apple ? [apple] : []), ...aliases]) {
    byName.set(name.toLowerCase(), label)
  }
}
const rows = new Map(knownLabels.map((row) => [row.label, row]))
const typed = knownLabels.flatMap(({ label, types }) => (types ? [{ label, types }] : []))

/** A label as contacts hold it: known ones in lower case, others as typed. */
export function canonicalLabel(text: string | null): string | null {
  const label = text === null ? null : unwrapped(oneLine(text) ?? '')
  return label ? (byName.get(label.toLowerCase()) ?? label) : null
}

/** Without the marks that Apple puts around its own names. */
function unwrapped(text: string): string {
  let start = 0
  let end = text.length
  while (text.startsWith('_$!<', start) && text.endsWith('>!$_', end) && end - start >= 8) {
    start += 4
    end -= 4
    while (start < end && isSpace(text[start])) start++
    while (start < end && isSpace(text[end - 1])) end--
  }
  return text.slice(start, end)
}

function isSpace(character: string | undefined): boolean {
  return character?.trim() === ''
}

/** The label that the types of a line say. */
export function labelOfTypes(params: readonly Param[]): string | null {
  let telling: string[] | undefined
  for (const type of typesOf(params)) {
    if (!isNoise(type)) (telling ??= []).push(type.trim())
  }
  if (!telling) return null
  const words = new Set(telling.map((type) => type.toLowerCase()))
  const row = typed.find(({ types }) => types.every((type) => words.has(type)))
  // Phones write a label of their owner's as TYPE=X-Something.
  return row?.label ?? canonicalLabel(telling[0]?.replace(/^X-/i, '') ?? null)
}

export function labelForm(label: string | null, list: ListField, version: Version): LabelForm {
  if (label === null) return { types: [], abLabel: null }
  const row = rows.get(label)
  const isType = row?.lists?.includes(list) && (list !== 'relations' || version === '4.0')
  if (isType) return { types: row?.types ?? [], abLabel: null }
  return { types: [], abLabel: row?.apple ? `_$!<${row.apple}>!$_` : label }
}

export function typesOf(params: readonly Param[]): string[] {
  const types: string[] = []
  for (const { name, values } of params) if (name === 'TYPE') types.push(...values)
  return types
}

export function isNoise(type: string): boolean {
  const word = type.trim().toLowerCase()
  return word === '' || noiseTypes.has(word)
}
