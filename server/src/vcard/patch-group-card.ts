import { bareUid } from '../book/uid.ts'
import { collect } from './fields/collect.ts'
import { isText, linesOf, partsOf, text } from './fields/person.ts'
import { parseCard } from './lines/card.ts'
import type { Line } from './lines/lines.ts'
import { writeText } from './lines/text-value.ts'
import {
  changedLine,
  editCard,
  editedText,
  newLine,
  removeLine,
  replaceLine,
} from './patch/card-edit.ts'
import { writeRev } from './patch/rev.ts'
import { inModernForm } from './patch/upgrade.ts'
import { readCard } from './read-card.ts'

export type GroupCardChange = {
  /** The new name; undefined keeps the present one. */
  name?: string | undefined
  /** Whether a present member, given by its UID, is to be removed. */
  isRemoved: (uid: string) => boolean
  /** The UIDs of new members. */
  added: readonly string[]
  rev: Date
}

/**
 * Updates the name and the members of a group's card. Only the lines of changed values are replaced;
 * without a change, the text stays the same.
 * @throws {VcardError}
 */
export function patchGroupCard(
  cardText: string,
  { name, isRemoved, added, rev }: GroupCardChange,
): string {
  const { fullName, members } = readCard(cardText)
  if (name === undefined && added.length === 0 && !members.some(isRemoved)) return cardText
  const card = inModernForm(parseCard(cardText))
  const edit = editCard(card, card.version === '4.0' ? '4.0' : '3.0')
  const { singles } = collect(card)
  const lines = [...linesOf(singles, 'MEMBER'), ...linesOf(singles, 'X-ADDRESSBOOKSERVER-MEMBER')]
  for (const line of lines) {
    if (isRemoved(bareUid(text(card, line) ?? ''))) removeLine(edit, line)
  }
  const member = edit.version === '4.0' ? 'MEMBER' : 'X-ADDRESSBOOKSERVER-MEMBER'
  for (const uid of added) edit.tail.push(newLine(edit, member, `urn:uuid:${bareUid(uid)}`))
  const replace = (line: Line, value: string) =>
    replaceLine(edit, line, changedLine(edit, line, { params: [], value }))
  if (name !== undefined) {
    for (const line of linesOf(singles, 'FN')) replace(line, writeText(name))
    for (const line of linesOf(singles, 'N')) {
      // Some programs write the name of the group in N as well, as one component or by its words.
      const parts = partsOf(card, line)
      if (wordsOf(parts.filter(isText).join(' ')) !== wordsOf(fullName ?? '')) continue
      const at = Math.max(parts.findIndex(isText), 0)
      replace(line, parts.map((_, index) => (index === at ? writeText(name) : '')).join(';'))
    }
  }
  for (const line of linesOf(singles, 'REV')) replace(line, writeRev(rev, edit.version))
  return editedText(edit)
}

/** In a fixed order, as each component of N may come first. */
function wordsOf(text: string): string {
  return text
    .split(/[\s,]+/)
    .toSorted()
    .join(' ')
}
