import {
  changedLine,
  lastIndexOfGroup,
  newGroupName,
  newLine,
  type CardEdit,
  type PropertyGroup,
} from './card-edit.ts'
import { isNonLabelType, labelForm } from '../fields/label-forms.ts'
import type { Item, ListCodec, Property } from '../fields/list-codec.ts'
import type { Line } from '../lines/lines.ts'
import { makeParam, type Param } from '../lines/params.ts'
import { listProperties } from '../fields/properties.ts'
import { writeText } from '../lines/text-value.ts'

/** The lines of a new item: its own and, where its label needs one, an X-ABLabel. */
export function newItemLines(
  edit: CardEdit,
  codec: ListCodec<Item>,
  item: Item,
  property: Property,
): Line[] {
  const { types, abLabel } = labelForm(item.label, codec.list, edit.version)
  const params = [...property.params, ...typeParams(edit, types)]
  if (abLabel === null || !needsAbLabel(edit, codec, item, property))
    return [newLine(edit, property.name, property.value, { params })]
  const group = newGroupName(edit)
  return [
    newLine(edit, property.name, property.value, { params, group }),
    newLine(edit, 'X-ABLabel', writeText(abLabel), { group }),
  ]
}

/** Whether the label of an item has to stand beside its line, as an X-ABLabel. */
export function needsAbLabel(
  { version }: CardEdit,
  { list }: ListCodec<Item>,
  { label }: Item,
  { name }: Property,
): boolean {
  const isSaid = listProperties.get(name)?.label === label
  return !isSaid && labelForm(label, list, version).abLabel !== null
}

/** Whether a line has an X-ABLabel that is no one else's. */
export function hasOwnAbLabel(edit: CardEdit, line: Line): boolean {
  const { labels, isShared } = groupOf(edit, line)
  return labels.length > 0 && !isShared
}

/**
 * The line at a place with another label. Its X-ABLabel is changed, added or removed with it; one
 * that other lines share stays theirs.
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
  const retyped = [...withoutTypes(params), ...typeParams(edit, types)]
  const old = groupOf(edit, line)
  if (old.labels.length > 0) edit.touchedGroups.add(line.group.toLowerCase())
  if (abLabel === null) {
    if (!old.isShared) for (const at of old.labels) edit.cells[at] = []
    const group = old.isShared && old.labels.length > 0 ? '' : line.group
    return [changedLine(edit, line, { params: retyped, value, group })]
  }
  const text = writeText(abLabel)
  const [first] = old.labels
  if (first !== undefined && !old.isShared) {
    const labelLine = edit.card.lines[first] as Line
    edit.cells[first] = [changedLine(edit, labelLine, { params: [], value: text })]
    return [changedLine(edit, line, { params: retyped, value })]
  }
  const group = line.group === '' || old.isShared ? newGroupName(edit) : line.group
  return [
    changedLine(edit, line, { params: retyped, value, group }),
    newLine(edit, 'X-ABLabel', text, { group }),
  ]
}

/** Where the companions of a line stand that are no one else's. */
export function companionsOf(edit: CardEdit, at: number): number[] {
  const line = edit.card.lines[at]
  if (!line || line.group === '') return []
  const { isShared, members } = groupOf(edit, line)
  return isShared
    ? []
    : members.filter((member) => member !== at && member <= lastIndexOfGroup(edit, at))
}

const noGroup: PropertyGroup = { members: [], labels: [], isShared: false }

function groupOf({ groups }: CardEdit, { group }: Line): PropertyGroup {
  return groups.get(group.toLowerCase()) ?? noGroup
}

function typeParams({ version }: CardEdit, types: readonly string[]): Param[] {
  const spelt = (type: string) => (version === '4.0' ? type : type.toUpperCase())
  return types.map((type) => makeParam('TYPE', [spelt(type)]))
}

/** Leaves only the types that are no labels, in the words of their writer. */
function withoutTypes(params: readonly Param[]): Param[] {
  return params.flatMap((param) => {
    if (param.name !== 'TYPE') return param
    const values = param.values.filter(isNonLabelType).filter((type) => type !== '')
    if (values.length === param.values.length) return param
    return values.length > 0 ? makeParam('TYPE', values) : []
  })
}
