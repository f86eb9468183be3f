import type { ListField } from '../../book/fields.ts'
import type { Version } from '../lines/card.ts'
import type { Line } from '../lines/lines.ts'
import type { Param } from '../lines/params.ts'
import type { Coding } from '../lines/text-value.ts'

/** An item of a list of a contact. */
export type Item = { label: string | null }

/** A line from which an item is read, with its parameters. */
export type Source = { line: Line; params: readonly Param[]; coding: Coding }

/** A line to write, without its group and its label. */
export type Property = { name: string; params: readonly Param[]; value: string }

/** Reads and writes one list of a contact. */
export type ListCodec<T extends Item> = {
  list: ListField
  /** Whether TYPE=pref or PREF determines which item comes first. */
  isRanked: boolean
  /** Reads an item without its label; null if the line is empty. */
  read(source: Source): Omit<T, 'label'> | null
  /** Writes a new line. */
  create(item: T, version: Version): Property
  /** Changes the value of a line; null if its property cannot express the item: it needs a new line. */
  update(source: Source, item: T, version: Version): Omit<Property, 'name'> | null
}

export function without(params: readonly Param[], ...names: string[]): Param[] {
  return params.filter(({ name }) => !names.includes(name))
}
