import type { WholeContact } from '../contacts/whole-contact.ts'
import { addNames } from './add-names.ts'
import { editCard, editedText, newLine } from './card-edit.ts'
import { cardText, parseCard, type Card } from './card.ts'
import { collect } from './collect.ts'
import { convertEntries } from './convert-entries.ts'
import { patchList } from './patch-list.ts'
import { codecOf, codecs, type ListName } from './properties.ts'
import { contactOf } from './read-card.ts'
import { toVersion3 } from './to-version-3.ts'
import { toVersion4 } from './to-version-4.ts'
import { inModernForm } from './upgrade.ts'

/**
 * The card in another version (RFC 6350 against RFC 2426). Only lines that differ are written anew;
 * a card already in that version is returned as it is. What the other version does not know stays,
 * but for the parameters of 4.0, which programs of 3.0 take for names and values.
 * @throws {VcardError}
 */
export function convertCard(source: string, version: '3.0' | '4.0'): string {
  const card = parseCard(source)
  if (card.version === version) return source
  const wanted = contactOf(card, collect(card))
  const modern = inModernForm(card)
  const converted = modern.version === version ? cardText(modern) : convert(modern, version)
  return repaired(parseCard(converted), wanted, version)
}

function convert(card: Card, version: '3.0' | '4.0'): string {
  const edit = editCard(card, version)
  const collected = collect(card)
  const done = convertEntries(edit, collected)
  const toVersion = version === '4.0' ? toVersion4(edit) : toVersion3(edit, collected)
  for (const [at, line] of card.lines.entries()) {
    const isUntouched = edit.cells[at]?.[0] === line
    if (line.name === 'VERSION') edit.cells[at] = [newLine(edit, 'VERSION', version)]
    else if (line.name !== '' && isUntouched && !done.has(line)) edit.cells[at] = toVersion(line)
  }
  return editedText(edit)
}

/** With FN and N, which 3.0 and most programs ask for, and with its lists in the order they had. */
function repaired(card: Card, wanted: WholeContact, version: '3.0' | '4.0'): string {
  const collected = collect(card)
  const edit = editCard(card, version)
  for (const list of Object.keys(codecs) as ListName[]) {
    patchList(edit, codecOf(list), collected.lists[list], wanted[list])
  }
  addNames(edit, collected, wanted)
  return editedText(edit)
}
