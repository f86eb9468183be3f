import type { Contact } from '../../book/contact.ts'
import type { Collected } from '../fields/collect.ts'
import { codecOf, codedLists } from '../fields/properties.ts'
import type { Line } from '../lines/lines.ts'
import { removeLine, type CardEdit } from './card-edit.ts'
import { displacedBirthdays } from './patch-birthday.ts'
import { patchList } from './patch-list.ts'

/**
 * Updates the lines of all lists.
 * @param taken a line that was among them and now holds something else
 */
export function patchLists(
  edit: CardEdit,
  collected: Collected,
  wanted: Contact,
  taken?: Line,
): void {
  const { card } = edit
  const displaced = displacedBirthdays(card, collected, wanted)
  for (const line of displaced) removeLine(edit, line)
  const gone = new Set([taken, ...displaced])
  for (const list of codedLists) {
    const entries = collected.lists[list].filter(({ at }) => !gone.has(card.lines[at]))
    patchList(edit, codecOf(list), entries, wanted[list])
  }
}
