import type { ListField } from '@kith/server/book/fields'
import { shownService } from '../strings/known-label.ts'
import type { Contact } from '../worker/calls.ts'

/** A value of a list on one line. */
export type Item = { label: string | null; text: string }

/** An address by its parts, a handle with its service, or a value as it is. */
export function itemOf(value: Contact[ListField][number]): Item {
  if ('service' in value) {
    const service = value.service && shownService(value.service)
    return { label: value.label, text: [service, value.value].filter(Boolean).join(' ') }
  }
  if ('value' in value) return { label: value.label, text: value.value }
  const { label, street, extended, po_box, postal_code, city, region, country } = value
  const place = [postal_code, city].filter(Boolean).join(' ')
  const parts = [street, extended, po_box, place, region, country]
  return { label, text: parts.filter(Boolean).join(', ') }
}
