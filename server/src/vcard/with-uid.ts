import { parseCard } from './lines/card.ts'
import { writeText } from './lines/text-value.ts'
import {
  changedLine,
  editCard,
  editedText,
  newLine,
  removeLine,
  replaceLine,
} from './patch/card-edit.ts'

/** Gives a card another UID; all other lines keep every octet. @throws {VcardError} */
export function withUid(cardText: string, uid: string): string {
  const card = parseCard(cardText)
  const edit = editCard(card, card.version ?? '3.0')
  const [first, ...others] = card.lines.filter(({ name }) => name === 'UID')
  for (const line of others) removeLine(edit, line)
  const value = writeText(uid)
  if (first) replaceLine(edit, first, changedLine(edit, first, { params: [], value }))
  else edit.tail.push(newLine(edit, 'UID', value))
  return editedText(edit)
}
