import type { ListField } from '../../book/fields.ts'
import { isNonLabelType, labelForm } from '../fields/label-forms.ts'
import type { Item, ListCodec, Property } from '../fields/list-codec.ts'
import { listProperties } from '../fields/properties.ts'
import { valueOf, type Line } from '../lines/lines.ts'
import { makeParam, readParams, type Param } from '../lines/params.ts'
import { writeText } from '../lines/text-value.ts'
import {
  changedLine,
  lastIndexOfGroup,
  newGroupName,
  newLine,
  type CardEdit,
  type PropertyGroup,
} from './card-edit.ts'

/** The lines of a new item: its property and, if its label needs one, an X-ABLabel. */
export function newItemLines(
  edit: CardEdit,
  codec: ListCodec<Item>,
  item: Item,
  property: Property,
): Line[] {
  const { types, abLabel } = labelForm(item.label, codec.list, edit.version)
  const params = [...property.params, ...typeParams(edit, types)]
  if (abLabel === null || !needsAbLabel(edit, codec, item, property)) {
    return [newLine(edit, property.name, property.value, { params })]
  }
  const group = newGroupName(edit)
  return [
    newLine(edit, property.name, property.value, { params, group }),
    newLine(edit, 'X-ABLabel', writeText(abLabel), { group }),
  ]
}

/** Whether the label of an item needs a line of its own, an X-ABLabel. */
export function needsAbLabel(
  { version }: CardEdit,
  { list }: ListCodec<Item>,
  { label }: Item,
  { name }: Property,
): boolean {
  const isImplied = listProperties.get(name)?.label === label
  return !isImplied && labelForm(label, list, version).abLabel !== null
}

/** Whether a line has an X-ABLabel that it does not share with other properties. */
export function hasOwnAbLabel(edit: CardEdit, line: Line): boolean {
  const { abLabels, isShared } = groupOf(edit, line)
  return abLabels.length > 0 && !isShared
}

/**
 * The line at an index with another label. Its X-ABLabel is changed, added or removed; if other
 * properties share it, they keep it and the line leaves their group.
 */
export function relabelledLines(
  edit: CardEdit,
  codec: ListCodec<Item>,
  at: number,
  label: string | null,
  { params, value }: Omit<Property, 'name'>,
): Line[] {
  const line = edit.card.lines[at] as Line
  const { types, abLabel } = labelForm(label, codec.list, edit.version)
  const retyped = [...withoutTypes(params, codec.list), ...typeParams(edit, types)]
  const { abLabels, isShared } = groupOf(edit, line)
  if (abLabels.length > 0) edit.touchedGroups.add(line.group.toLowerCase())
  if (abLabel === null) {
    if (!isShared) {
      for (const index of abLabels) edit.cells[index] = []
    }
    const group = isShared && abLabels.length > 0 ? '' : line.group
    return [changedLine(edit, line, { params: retyped, value, group })]
  }
  const retypedLine = changedLine(edit, line, { params: retyped, value })
  return withAbLabel(edit, at, retypedLine, writeText(abLabel))
}

/**
 * A line that takes the place of the one at an index, with the value of its X-ABLabel. If other properties
 * share the X-ABLabel of the group, they keep it and the line leaves their group.
 */
export function withAbLabel(edit: CardEdit, at: number, line: Line, value: string): Line[] {
  const before = edit.card.lines[at] as Line
  const { abLabels, isShared } = groupOf(edit, before)
  const [first] = abLabels
  if (first !== undefined && !isShared) {
    const labelLine = edit.card.lines[first] as Line
    edit.cells[first] = [changedLine(edit, labelLine, { params: [], value })]
    return [inGroup(edit, line, before.group)]
  }
  const group = before.group === '' || isShared ? newGroupName(edit) : before.group
  return [inGroup(edit, line, group), newLine(edit, 'X-ABLabel', value, { group })]
}

function inGroup(edit: CardEdit, line: Line, group: string): Line {
  if (line.group === group) return line
  return changedLine(edit, line, { params: readParams(line.params), value: valueOf(line), group })
}

/** The indexes of the companions that a line does not share with other properties. */
export function companionsOf(edit: CardEdit, at: number): number[] {
  const line = edit.card.lines[at]
  if (!line || line.group === '') return []
  const { isShared, lines } = groupOf(edit, line)
  return isShared
    ? []
    : lines.filter((index) => index !== at && index <= lastIndexOfGroup(edit, at))
}

const noGroup: PropertyGroup = { lines: [], abLabels: [], isShared: false }

function groupOf({ groups }: CardEdit, { group }: Line): PropertyGroup {
  return groups.get(group.toLowerCase()) ?? noGroup
}

function typeParams({ version }: CardEdit, types: readonly string[]): Param[] {
  const spelt = (type: string) => (version === '4.0' ? type : type.toUpperCase())
  return types.map((type) => makeParam('TYPE', [spelt(type)]))
}

/** Removes the types that are labels, and keeps the other ones as they are written. */
function withoutTypes(params: readonly Param[], list: ListField): Param[] {
  return params.flatMap((param) => {
    if (param.name !== 'TYPE') return param
    const values = param.values.filter((type) => type !== '' && isNonLabelType(type, list))
    if (values.length === param.values.length) return param
    return values.length > 0 ? makeParam('TYPE', values) : []
  })
}
