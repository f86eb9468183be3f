import type { ListField, TextField } from '@kith/server/book/fields'
import type { Item } from '../data/item.ts'
import { shownLabel } from '../strings/known-label.ts'
import { currentLocale, text, type Message } from '../strings/text.ts'
import type { Difference } from './differences.ts'

/** The name of a label by its id; undefined of one that is gone. */
export type LabelName = (id: string) => string | undefined

/** A difference as a sentence. */
export function wordsOf(difference: Difference, labelName: LabelName): string {
  switch (difference.kind) {
    case 'text':
      return ofText(difference.field, difference.before, difference.after)
    case 'added':
      return ofText(difference.field, null, shown(difference.item))
    case 'removed':
      return ofText(difference.field, shown(difference.item), null)
    case 'changed':
      return ofText(difference.field, shown(difference.before), shown(difference.after))
    case 'relabelled':
      return text('history.relabelled', {
        field: fieldName(difference.field),
        value: difference.text,
        before: labelOf(difference.before),
        after: labelOf(difference.after),
      })
    case 'moved':
      return text('history.moved', { field: fieldName(difference.field) })
    default:
      return text(`history.${difference.kind}`, {
        label: labelName(difference.labelId) ?? text('history.label-gone'),
      })
  }
}

export function fieldName(field: TextField | ListField): string {
  return text(`history.field-${field}`)
}

/** Fields in one line: “First name, Phone and E-mail”. */
export function fieldNames(fields: readonly (TextField | ListField)[]): string {
  return new Intl.ListFormat(currentLocale(), { type: 'conjunction' }).format(fields.map(fieldName))
}

const operations = new Set([
  'created',
  'changed',
  'deleted',
  'restored',
  'reverted',
  'imported',
  'import_undone',
  'labelled',
  'photo_changed',
  'merged',
  'merged_into',
  'merge_undone',
])

/** What was done; a newer server may know more than these. */
export function operationName(operation: string): string {
  return text(`history.op-${operations.has(operation) ? operation : 'changed'}` as Message)
}

const entryPoints = new Set(['api', 'import', 'populate', 'carddav'])

/** By what a change came: an app, an import, a phone. */
export function entryPointName(via: string): string {
  return entryPoints.has(via) ? text(`history.via-${via}` as Message) : via
}

function ofText(field: TextField | ListField, before: string | null, after: string | null): string {
  const name = fieldName(field)
  if (before === null) return text('history.text-added', { field: name, after: after ?? '' })
  if (after === null) return text('history.text-removed', { field: name, before })
  return text('history.text-changed', { field: name, before, after })
}

function shown({ label, text }: Item): string {
  return label ? `${text} (${shownLabel(label)})` : text
}

function labelOf(label: string | null): string {
  return label === null ? text('history.no-label') : shownLabel(label)
}
