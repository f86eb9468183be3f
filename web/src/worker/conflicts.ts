import type { Conflict, Contact } from './calls.ts'
import { isSame, type Field, type Values } from './contact-fields.ts'
import { titleOf } from './title.ts'

/** What was typed here of fields that were changed elsewhere too, until somebody chooses. */
export type StoredConflict = { contactId: string; mine: Values }

/** A conflict as the page shows it; null where both sides came to have the same. */
export function shownConflict(
  { contactId, mine }: StoredConflict,
  contact: Contact,
  isLastNameFirst: boolean,
): Conflict | null {
  const fields = openFields(mine, contact).map((field) => ({
    field,
    mine: mine[field],
    theirs: contact[field],
  }))
  return fields.length === 0
    ? null
    : { contactId, title: titleOf(contact, isLastNameFirst), fields }
}

function openFields(mine: Values, contact: Contact): Field[] {
  return (Object.keys(mine) as Field[]).filter((field) => !isSame(mine[field], contact[field]))
}
