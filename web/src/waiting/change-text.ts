import { currentLocale, text } from '../strings/text.ts'
import type { Waiting } from '../worker/calls.ts'
import { fieldName } from './field-text.ts'

/** What a change does, in a few words. */
export function changeText({ kind, fields }: Pick<Waiting, 'kind' | 'fields'>): string {
  if (kind === 'create') return text('waiting.created')
  if (kind === 'delete') return text('waiting.deleted')
  if (kind === 'restore') return text('waiting.restored')
  if (kind === 'photo') return text('waiting.photo')
  const shown = new Set(fields.map(fieldName))
  const list = new Intl.ListFormat(currentLocale(), { type: 'unit', style: 'short' })
  return text('waiting.changed', { fields: list.format(shown) })
}
