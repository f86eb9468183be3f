import type { Contact } from '../../book/contact.ts'
import { collect, type Collected } from '../fields/collect.ts'
import { fullName } from '../fields/full-name.ts'
import { firstText, linesOf, nameParts } from '../fields/person.ts'
import { parseDerivedCard, type Card } from '../lines/card.ts'
import { writeText } from '../lines/text-value.ts'
import { editCard, editedText, newLine, type CardEdit } from './card-edit.ts'
import { setText } from './patch-person.ts'

/** Adds FN and N if they are missing: 3.0 and most programs require both. */
export function addNames(edit: CardEdit, { singles }: Collected, contact: Contact): void {
  const written = linesOf(singles, 'FN')
  if (firstText(edit.card, written) === null) setText(edit, 'FN', written, fullName(contact))
  if (singles.has('N')) return
  const parts = nameParts.map((key) => writeText(contact[key] ?? ''))
  edit.tail.push(newLine(edit, 'N', parts.join(';')))
}

export function withNames(card: Card, contact: Contact): Card {
  const edit = editCard(card, card.version === '4.0' ? '4.0' : '3.0')
  addNames(edit, collect(card), contact)
  return parseDerivedCard(editedText(edit))
}
