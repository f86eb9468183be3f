import type { Contact } from './calls.ts'
import {
  fieldsIn,
  isListField,
  isSame,
  type Field,
  type Item,
  type ListField,
  type Values,
} from './contact-fields.ts'

/** What becomes of values typed here: those to be written, and those that somebody has to choose. */
export type Merged = { values: Values; conflicts: Values }

/**
 * Merges three ways, field by field.
 * @param base the values that were there when `mine` was typed
 * @param theirs the contact as the server has it now
 */
export function merge(base: Values, mine: Values, theirs: Contact): Merged {
  const values: Record<string, unknown> = {}
  const conflicts: Record<string, unknown> = {}
  for (const field of fieldsIn(mine)) {
    const merged = mergeField(field, base[field], mine[field], theirs[field])
    if (merged === conflict) conflicts[field] = mine[field]
    else if (!isSame(merged, theirs[field])) values[field] = merged
  }
  return { values, conflicts }
}

const conflict = Symbol('conflict')

function mergeField(field: Field, base: unknown, mine: unknown, theirs: unknown): unknown {
  if (isSame(mine, theirs) || isSame(base, mine)) return theirs
  if (isSame(base, theirs)) return mine
  if (field === 'label_ids')
    return mergeSets(base as string[], mine as string[], theirs as string[])
  if (isListField(field)) {
    return mergeLists(field, base as Item[], mine as Item[], theirs as Item[]) ?? conflict
  }
  if (field === 'additional_data') {
    return mergeNotes(textOf(base), textOf(mine), textOf(theirs)) ?? conflict
  }
  return conflict
}

function textOf(value: unknown): string {
  return typeof value === 'string' ? value : ''
}

function mergeSets(base: string[], mine: string[], theirs: string[]): string[] {
  const kept = theirs.filter((id) => mine.includes(id) || !base.includes(id))
  return [...kept, ...mine.filter((id) => !theirs.includes(id) && !base.includes(id))]
}

/** null where both rewrote the text. What one side appended is appended to what the other has. */
function mergeNotes(base: string, mine: string, theirs: string): string | null {
  if (mine === '' || theirs === '') return null
  const [myEnd, theirEnd] = [appended(base, mine), appended(base, theirs)]
  if (myEnd !== null && has(theirs, mine, myEnd)) return theirs
  if (theirEnd !== null && has(mine, theirs, theirEnd)) return mine
  if (myEnd !== null) return joined(theirs, myEnd)
  if (theirEnd !== null) return joined(mine, theirEnd)
  // One was merged into the other before.
  if (theirs.startsWith(mine)) return theirs
  return mine.startsWith(theirs) ? mine : null
}

/** Whether a text has what the other side appended. */
function has(text: string, other: string, end: string): boolean {
  return text.startsWith(other) || text.endsWith(end)
}

function appended(base: string, text: string): string | null {
  return text.startsWith(base) ? text.slice(base.length) : null
}

function joined(text: string, end: string): string {
  return text === '' || text.endsWith('\n') || end.startsWith('\n') ? text + end : `${text}\n${end}`
}

/**
 * Merges lists by their values: what one side added, removed or labelled anew stands. null where both
 * replaced the same value by others.
 */
function mergeLists<List extends ListField>(
  list: List,
  base: Item<List>[],
  mine: Item<List>[],
  theirs: Item<List>[],
): Item<List>[] | null {
  const [before, here, there] = [byKey(list, base), byKey(list, mine), byKey(list, theirs)]
  const myAdded = added(here, before)
  const theirAdded = added(there, before)
  const bothRemoved = [...before.keys()].some((key) => !here.has(key) && !there.has(key))
  const isReplacedTwice =
    bothRemoved &&
    myAdded.some((key) => !there.has(key)) &&
    theirAdded.some((key) => !here.has(key))
  if (isReplacedTwice) return null
  const merged: Item<List>[] = []
  for (const key of orderOf([...before.keys()], [...here.keys()], [...there.keys()])) {
    const item = mergeItem(before.get(key), here.get(key), there.get(key))
    if (item === conflict) return null
    if (item) merged.push(item)
  }
  return merged
}

function added(side: ReadonlyMap<string, unknown>, before: ReadonlyMap<string, unknown>): string[] {
  return [...side.keys()].filter((key) => !before.has(key))
}

/**
 * The order of whoever changed it. What only the other side has follows what it follows there, so that the
 * first value, which is the main one, stays the first when it is edited.
 */
function orderOf(base: string[], mine: string[], theirs: string[]): string[] {
  const isMovedHere = !isSame(common(mine, base), common(base, mine))
  const [order, other] = isMovedHere ? [[...mine], theirs] : [[...theirs], mine]
  for (const [at, key] of other.entries()) {
    if (!order.includes(key)) order.splice(placeAfter(other[at - 1]), 0, key)
  }
  return order

  function placeAfter(key: string | undefined): number {
    if (key !== undefined) return order.indexOf(key) + 1
    // The first one stands before, or for, what was there.
    return base.length > 0 ? 0 : order.length
  }
}

function common(one: string[], other: string[]): string[] {
  return one.filter((key) => other.includes(key))
}

/** undefined where it was removed. Whoever labelled a value anew keeps it, also against a removal. */
function mergeItem<One extends { label: string | null }>(
  base: One | undefined,
  mine: One | undefined,
  theirs: One | undefined,
): One | undefined | typeof conflict {
  if (!base) {
    if (!mine || !theirs || isSame(mine, theirs)) return theirs ?? mine
    if (mine.label !== null && theirs.label !== null) return conflict
    return mine.label === null ? theirs : mine
  }
  if (!mine) return isSame(base, theirs) ? undefined : theirs
  if (!theirs) return isSame(base, mine) ? undefined : mine
  if (isSame(base, mine) || isSame(mine, theirs)) return theirs
  return isSame(base, theirs) ? mine : conflict
}

/** The items by what they are without their labels; of equal ones, each with its number. */
function byKey<List extends ListField>(list: List, items: Item<List>[]): Map<string, Item<List>> {
  const keyed = new Map<string, Item<List>>()
  for (const item of items) {
    // Fields of one's own are named by their labels.
    const { label, ...value } = item
    const key = JSON.stringify(list === 'custom_fields' ? [label, value] : value)
    let number = 0
    while (keyed.has(`${key}${number}`)) number++
    keyed.set(`${key}${number}`, item)
  }
  return keyed
}
