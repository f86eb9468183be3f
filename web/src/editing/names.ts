import { titleOf } from '../data/title.ts'
import type { Form } from './form.ts'

/** What the contact will be called once the form is saved. */
export function nameOf({ texts, lists }: Form): string {
  return titleOf({
    ...texts,
    email: lists.emails[0]?.parts['value'] ?? null,
    phone: lists.phones[0]?.parts['value'] ?? null,
  })
}
