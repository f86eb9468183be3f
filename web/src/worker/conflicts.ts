import type { Conflict, Contact } from './calls.ts'
import { isSame, type Field, type Values } from './contact-fields.ts'
import type { LocalBook } from './local-book.ts'
import { titleOf } from './title.ts'

/** What was typed here of fields that were changed elsewhere too, until somebody chooses. */
export type StoredConflict = { contactId: string; mine: Values }

/** What somebody has to choose, as the page shows it. */
export async function shownConflicts(book: LocalBook): Promise<Conflict[]> {
  const { conflicts, meta } = book.state
  const isLastNameFirst = meta.preferences?.name_order === 'last_name_first'
  const shown = await Promise.all(
    [...conflicts.values()].map(async (conflict) => {
      const contact = await book.contact(conflict.contactId)
      return contact && shownConflict(conflict, contact, isLastNameFirst)
    }),
  )
  return shown.filter((one) => one !== null)
}

/** Null where both sides came to have the same. */
function shownConflict(
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
