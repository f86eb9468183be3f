import type { ListField } from '../../book/fields.ts'
import type { Version } from '../lines/card.ts'
import type { Line } from '../lines/lines.ts'
import type { Param } from '../lines/params.ts'
import type { Coding } from '../lines/text-value.ts'

/** What a list of a contact holds. */
export type Item = { label: string | null }

/** A line with its parameters read. */
export type Source = { line: Line; params: Param[]; coding: Coding }

/** A line to write, but for its group and its label. */
export type Property = { name: string; params: Param[]; value: string }

/** How one list of a contact stands in a card. */
export type ListCodec<T extends Item> = {
  list: ListField
  /** Whether TYPE=pref or PREF says which one comes first. */
  isRanked: boolean
  /** The item of a line, but for its label; null where the line says nothing. */
  read(source: Source): Omit<T, 'label'> | null
  /** A new line. */
  create(item: T, version: Version): Property
  /** A line with another value; null where the property cannot say it, and a new one must. */
  update(source: Source, item: T, version: Version): Omit<Property, 'name'> | null
}

export function without(params: readonly Param[], ...names: string[]): Param[] {
  return params.filter(({ name }) => !names.includes(name))
}
