import { contactWith, type Contact } from '../src/book/contact.ts'

export type SimpleFields = Record<'first_name' | 'last_name' | 'email' | 'phone', string | null>

/** A contact of which only the simple fields are known. */
export function simpleContact({ email, phone, ...names }: SimpleFields): Contact {
  return contactWith({ ...names, emails: listOf(email), phones: listOf(phone) })
}

function listOf(value: string | null) {
  return value === null ? [] : [{ label: null, value }]
}
