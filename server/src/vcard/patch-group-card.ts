import { bareUid } from '../book/uid.ts'
import {
  changedLine,
  editCard,
  editedText,
  newLine,
  removeLine,
  replaceLine,
} from './patch/card-edit.ts'
import { parseCard } from './lines/card.ts'
import { collect } from './fields/collect.ts'
import type { Line } from './lines/lines.ts'
import { isText, linesOf, partsOf, text } from './fields/person.ts'
import { readCard } from './read-card.ts'
import { writeRev } from './patch/rev.ts'
import { writeText } from './lines/text-value.ts'
import { inModernForm } from './patch/upgrade.ts'

export type GroupCardChange = {
  /** Without it, the name stays. */
  name?: string | undefined
  /** Whether a member that the card names is one no more. */
  isGone: (uid: string) => boolean
  /** The UIDs of members that it does not name. */
  added: readonly string[]
  rev: Date
}

/**
 * Makes the card of a group say what its label is called and who has it now. Only lines that changed
 * are replaced; a change of nothing changes nothing.
 * @throws {VcardError}
 */
export function patchGroupCard(
  source: string,
  { name, isGone, added, rev }: GroupCardChange,
): string {
  const { fullName, members } = readCard(source)
  if (name === undefined && added.length === 0 && !members.some(isGone)) return source
  const card = inModernForm(parseCard(source))
  const edit = editCard(card, card.version === '4.0' ? '4.0' : '3.0')
  const { singles } = collect(card)
  const lines = [...linesOf(singles, 'MEMBER'), ...linesOf(singles, 'X-ADDRESSBOOKSERVER-MEMBER')]
  for (const line of lines) {
    if (isGone(bareUid(text(card, line) ?? ''))) removeLine(edit, line)
  }
  const member = edit.version === '4.0' ? 'MEMBER' : 'X-ADDRESSBOOKSERVER-MEMBER'
  for (const uid of added) edit.tail.push(newLine(edit, member, `urn:uuid:${bareUid(uid)}`))
  const replace = (line: Line, value: string) =>
    replaceLine(edit, line, changedLine(edit, line, { params: [], value }))
  if (name !== undefined) {
    for (const line of linesOf(singles, 'FN')) replace(line, writeText(name))
    for (const line of linesOf(singles, 'N')) {
      // Some write the name here as well.
      const [first, ...others] = partsOf(card, line)
      if (first !== fullName || others.some(isText)) continue
      replace(line, [writeText(name), ...others.map(() => '')].join(';'))
    }
  }
  for (const line of linesOf(singles, 'REV')) replace(line, writeRev(rev, edit.version))
  return editedText(edit)
}
