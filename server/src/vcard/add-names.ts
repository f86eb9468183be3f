import type { WholeContact } from '../contacts/whole-contact.ts'
import { editCard, editedText, newLine, type CardEdit } from './card-edit.ts'
import { parseCard, type Card } from './card.ts'
import { collect, type Collected } from './collect.ts'
import { fullName } from './full-name.ts'
import { setText } from './patch-person.ts'
import { firstText, linesOf, nameParts } from './person.ts'
import { writeText } from './text-value.ts'

/** Adds FN and N where they are missing: 3.0 and most programs ask for both. */
export function addNames(edit: CardEdit, { singles }: Collected, contact: WholeContact): void {
  const written = linesOf(singles, 'FN')
  if (firstText(edit.card, written) === null) setText(edit, 'FN', written, fullName(contact))
  if (singles.has('N')) return
  const parts = nameParts.map((key) => writeText(contact[key] ?? ''))
  edit.tail.push(newLine(edit, 'N', parts.join(';')))
}

export function withNames(card: Card, contact: WholeContact): Card {
  const edit = editCard(card, card.version === '4.0' ? '4.0' : '3.0')
  addNames(edit, collect(card), contact)
  return parseCard(editedText(edit))
}
