import type { Contact } from '../book/contact.ts'
import { convertEntries } from './convert/convert-entries.ts'
import { toParam3, toVersion3 } from './convert/to-version-3.ts'
import { toParam4, toVersion4 } from './convert/to-version-4.ts'
import { byRank, collect, type Collected } from './fields/collect.ts'
import { linesOf, statedContact } from './fields/person.ts'
import { codecOf, codedLists, listProperties } from './fields/properties.ts'
import { textProperties } from './fields/text-properties.ts'
import { cardText, parseCard, parseDerivedCard, type Card } from './lines/card.ts'
import type { Line } from './lines/lines.ts'
import { addNames } from './patch/add-names.ts'
import { editCard, editedText, newLine } from './patch/card-edit.ts'
import { patchList } from './patch/patch-list.ts'
import { setText } from './patch/patch-person.ts'
import { inModernForm } from './patch/upgrade.ts'
import { plainlyTo3 } from './plain-conversion.ts'
import { contactOf } from './read-card.ts'

/**
 * Converts a card to another version (RFC 6350 and RFC 2426). Only lines that differ between the
 * versions are written anew; a card in the wanted version is returned unchanged. Unknown properties
 * stay. Parameters of 4.0 are removed in 3.0, whose readers misread them, but those with data are
 * preserved under names of our own.
 * @throws {VcardError}
 */
export function convertCard(text: string, version: '3.0' | '4.0'): string {
  const plain = version === '3.0' ? plainlyTo3(text) : null
  return plain ?? convertedLines(text, version)
}

/** The same, whatever the card looks like at first sight. */
export function convertedLines(text: string, version: '3.0' | '4.0'): string {
  const card = parseCard(text)
  if (card.version === version) return text
  const collected = collect(card)
  const wanted = contactOf(card, collected)
  const modern = inModernForm(card)
  const converted =
    modern.version === version
      ? cardText(modern)
      : convert(modern, modern === card ? collected : collect(modern), version)
  return withWantedContact(parseDerivedCard(converted), wanted, version)
}

function convert(card: Card, collected: Collected, version: '3.0' | '4.0'): string {
  const edit = editCard(card, version)
  const to4 = version === '4.0'
  const converted = convertEntries(edit, collected, to4 ? toParam4 : toParam3)
  const toVersion = to4 ? toVersion4(edit) : toVersion3(edit, collected)
  const lines = to4 ? card.lines : sortedByRank(card)
  for (const [at, line] of lines.entries()) {
    const isUntouched = edit.cells[at]?.[0] === card.lines[at]
    if (line.name === 'VERSION') {
      edit.cells[at] = [newLine(edit, 'VERSION', version)]
    } else if (line.name !== '' && isUntouched && !converted.has(line)) {
      edit.cells[at] = toVersion(line)
    }
  }
  return editedText(edit)
}

/** Sorts the lines of each property by PREF, within their positions: 3.0 has only one rank. */
function sortedByRank(card: Card): readonly Line[] {
  const lines = [...card.lines]
  const isOrdered = ({ name, group, params }: Line) =>
    name !== '' &&
    group === '' &&
    params !== '' &&
    !listProperties.has(name) &&
    !isNameProperty(name)
  const names = new Set(card.lines.filter(isOrdered).map(({ name }) => name))
  for (const name of names) {
    const positions = [...card.lines.keys()].filter((at) => {
      const line = card.lines[at]
      return line?.name === name && line.group === ''
    })
    const ranked = byRank(
      card,
      positions.flatMap((at) => card.lines[at] ?? []),
    )
    for (const [index, at] of positions.entries()) lines[at] = ranked[index] as Line
  }
  return lines
}

function isNameProperty(name: string): boolean {
  return name === 'N' || name === 'FN'
}

/**
 * Adds FN and N, which 3.0 and most programs require, and the phonetic names of 3.0, and restores the
 * order of the lists.
 */
function withWantedContact(card: Card, wanted: Contact, version: '3.0' | '4.0'): string {
  const collected = collect(card)
  const edit = editCard(card, version)
  for (const list of codedLists) {
    patchList(edit, codecOf(list), collected.lists[list], wanted[list])
  }
  const stated = statedContact(card, collected)
  for (const { name, field } of textProperties) {
    if (stated[field] === wanted[field]) continue
    setText(edit, name, linesOf(collected.singles, name), wanted[field])
  }
  addNames(edit, collected, wanted)
  return editedText(edit)
}
