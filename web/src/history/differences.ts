import { lists, textFields } from '@kith/server/book/fields'
import type { ListField, TextField } from '@kith/server/book/fields'
import type { Revision } from '@kith/server/history/schema'
import { itemOf, type Item } from '../data/item.ts'

export type Past = Revision['contact']

/** One step from a contact to what it became. */
export type Difference =
  | { kind: 'text'; field: TextField; before: string | null; after: string | null }
  | { kind: 'added' | 'removed'; field: ListField; item: Item }
  | { kind: 'changed'; field: ListField; before: Item; after: Item }
  | {
      kind: 'relabelled'
      field: ListField
      text: string
      before: string | null
      after: string | null
    }
  | { kind: 'moved'; field: ListField }
  | { kind: 'label-added' | 'label-removed'; labelId: string }

/** What is different between two revisions, in the order in which a contact is shown. */
export function differences(before: Past, after: Past): Difference[] {
  return [
    ...textFields.flatMap((field) => textDifference(field, before, after)),
    ...lists.flatMap((field) => listDifferences(field, before, after)),
    ...labelDifferences(before.label_ids, after.label_ids),
  ]
}

/** The fields that have anything in them, for the first revision of a contact. */
export function filledFields(contact: Past): (TextField | ListField)[] {
  return [
    ...textFields.filter((field) => contact[field]),
    ...lists.filter((field) => contact[field].length > 0),
  ]
}

function textDifference(field: TextField, before: Past, after: Past): Difference[] {
  const [was, is] = [before[field], after[field]]
  return was === is ? [] : [{ kind: 'text', field, before: was, after: is }]
}

function listDifferences(field: ListField, before: Past, after: Past): Difference[] {
  const [was, is] = [before[field].map(itemOf), after[field].map(itemOf)]
  const { left, added, pairs } = pairByText(was, is)
  const relabelled = pairs
    .filter(([old, now]) => old.label !== now.label)
    .map(([old, now]): Difference => ({
      kind: 'relabelled',
      field,
      text: now.text,
      before: old.label,
      after: now.label,
    }))
  const changed = left.slice(0, added.length)
  const found: Difference[] = [
    ...changed.flatMap((before, at): Difference[] => {
      const after = added[at]
      return after ? [{ kind: 'changed', field, before, after }] : []
    }),
    ...left.slice(added.length).map((item): Difference => ({ kind: 'removed', field, item })),
    ...added.slice(left.length).map((item): Difference => ({ kind: 'added', field, item })),
    ...relabelled,
  ]
  const isMoved = found.length === 0 && was.some((item, at) => item.text !== is[at]?.text)
  return isMoved ? [{ kind: 'moved', field }] : found
}

/** Items with the same text belong together, those with the same label first. */
function pairByText(was: Item[], is: Item[]) {
  const added = [...is]
  const pairs: [Item, Item][] = []
  const take = (item: Item, isMatch: (other: Item) => boolean) => {
    const at = added.findIndex(isMatch)
    const [found] = at < 0 ? [] : added.splice(at, 1)
    if (found) pairs.push([item, found])
    return found !== undefined
  }
  const others = was.filter(
    (item) => !take(item, ({ label, text }) => label === item.label && text === item.text),
  )
  const left = others.filter((item) => !take(item, ({ text }) => text === item.text))
  return { left, added, pairs }
}

function labelDifferences(before: string[], after: string[]): Difference[] {
  return [
    ...after
      .filter((labelId) => !before.includes(labelId))
      .map((labelId): Difference => ({ kind: 'label-added', labelId })),
    ...before
      .filter((labelId) => !after.includes(labelId))
      .map((labelId): Difference => ({ kind: 'label-removed', labelId })),
  ]
}
