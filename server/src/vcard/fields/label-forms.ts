import type { ListField } from '../../book/fields.ts'
import { knownLabels, nonLabelTypes } from '../../book/known-labels.ts'
import { oneLine } from '../../book/text.ts'
import type { Version } from '../lines/card.ts'
import type { Param } from '../lines/params.ts'

/** How a label is written: as TYPE values, as X-ABLabel, or not at all. */
export type LabelForm = { types: string[]; abLabel: string | null }

const labelByName = new Map<string, string>()
for (const { label, apple, aliases = [] } of knownLabels) {
  for (const name of [label, ...(apple ? [apple] : []), ...aliases]) {
    labelByName.set(name.toLowerCase(), label)
  }
}
const rowByLabel = new Map(knownLabels.map((row) => [row.label, row]))
const rowsWithTypes = knownLabels.flatMap(({ label, types }) => (types ? [{ label, types }] : []))

const knownTypes = new Set(rowsWithTypes.flatMap(({ types }) => types))
/** The types of RELATED (RFC 6350, 6.6.6). */
const relatedTypes: ReadonlySet<string> = new Set(
  (
    'acquaintance friend met co-worker colleague co-resident neighbor child parent sibling ' +
    'spouse muse crush date sweetheart me agent emergency contact'
  ).split(' '),
)

/** A label as contacts hold it: a known one in lower case, another one as typed. */
export function canonicalLabel(text: string | null): string | null {
  const label = text === null ? null : withoutAppleMarks(oneLine(text) ?? '')
  if (!label) return null
  return label.includes(';') && isListOfTypes(label)
    ? labelOfTypes([{ raw: '', name: 'TYPE', values: label.split(';') }])
    : (labelByName.get(label.toLowerCase()) ?? label)
}

/** Whether a label is made of types alone, as some programs write X-ABLabel: `WORK;VOICE;PREF`. */
function isListOfTypes(label: string): boolean {
  return label
    .split(';')
    .every((type) => isNonLabelType(type) || knownTypes.has(type.toLowerCase()))
}

/** Removes the marks that Apple puts around its own labels. */
function withoutAppleMarks(text: string): string {
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

/**
 * The label that the TYPE values of a line mean together.
 * @param list the list of the line: some types are labels in relations only
 */
export function labelOfTypes(params: readonly Param[], list?: ListField): string | null {
  let labelTypes: string[] | undefined
  for (const type of typesOf(params)) {
    if (!isNonLabelType(type, list)) (labelTypes ??= []).push(type.trim())
  }
  if (!labelTypes) return null
  const words = new Set(labelTypes.map((type) => type.toLowerCase()))
  const row = rowsWithTypes.find(({ types }) => types.every((type) => words.has(type)))
  // Phones write a label that their user typed as TYPE=X-Something.
  return row?.label ?? canonicalLabel(labelTypes[0]?.replace(/^X-/i, '') ?? null)
}

export function labelForm(label: string | null, list: ListField, version: Version): LabelForm {
  if (label === null) return { types: [], abLabel: null }
  const row = rowByLabel.get(label)
  if (list === 'relations' && version === '4.0' && relatedTypes.has(label)) {
    return { types: [label], abLabel: null }
  }
  const isType = row?.lists?.includes(list) && (list !== 'relations' || version === '4.0')
  if (isType) return { types: row?.types ?? [], abLabel: null }
  return { types: [], abLabel: row?.apple ? `_$!<${row.apple}>!$_` : label }
}

export function typesOf(params: readonly Param[]): string[] {
  const types: string[] = []
  for (const { name, values } of params) {
    if (name === 'TYPE') types.push(...values)
  }
  return types
}

export function isNonLabelType(type: string, list?: ListField): boolean {
  const word = type.trim().toLowerCase()
  if (list === 'relations' && relatedTypes.has(word)) return false
  return word === '' || nonLabelTypes.has(word)
}
