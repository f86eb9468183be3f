import { filedUnder } from '@kith/server/book/filed-under'
import type { Contact } from './calls.ts'

/** The name of a contact, or what stands for it where it has none. */
export function titleOf(contact: Contact, isLastNameFirst: boolean): string {
  return nameOf(contact, isLastNameFirst) || filedUnder(contact).name
}

/** The parts of a name in their order; empty where it has none. */
export function nameOf(contact: Contact, isLastNameFirst: boolean): string {
  const { first_name: first, middle_name: middle, last_name: last } = contact
  const parts = isLastNameFirst ? [last, first, middle] : [first, middle, last]
  return parts.filter(Boolean).join(' ')
}
