import type { Contact } from '../book/contact.ts'
import { besidesOf } from './convert/besides.ts'
import { convertEntries } from './convert/convert-entries.ts'
import { formerLine } from './convert/former-line.ts'
import { hostsOf } from './convert/hosts.ts'
import { withFormerLines } from './convert/keep-former-lines.ts'
import { linkForms } from './convert/linked-forms.ts'
import { hasOwnLines, saysTheSame, withoutOwnLines } from './convert/own-lines.ts'
import { originalName } from './convert/preserved-forms.ts'
import { printedAddresses } from './convert/printed-address.ts'
import { restoreFormerLines } from './convert/restore-former-lines.ts'
import { sortedByRank } from './convert/sorted-lines.ts'
import { toParam3, toVersion3 } from './convert/to-version-3.ts'
import { toParam4, toVersion4 } from './convert/to-version-4.ts'
import { collect, type Collected } from './fields/collect.ts'
import { linesOf, statedContact } from './fields/person.ts'
import { textProperties } from './fields/text-properties.ts'
import { cardText, parseCard, parseDerivedCard, type Card } from './lines/card.ts'
import type { Line } from './lines/lines.ts'
import { addNames } from './patch/add-names.ts'
import {
  editCard,
  editedText,
  newLine,
  removeLine,
  replaceLine,
  type CardEdit,
} from './patch/card-edit.ts'
import { patchLists } from './patch/patch-lists.ts'
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
  const { original, converted, conversions } = converting(card, version)
  if (hasOwnLines(card) && !saysTheSame(original, converted)) {
    return convertedLines(withoutOwnLines(card), version)
  }
  if (card.version !== '3.0' && card.version !== '4.0') return cardText(converted)
  const back = converting(converted, card.version).converted
  return withFormerLines(original, converted, back, conversions)
}

/**
 * A card of 3.0 or 4.0 that was changed, with the lines of its conversion brought up to date: without those that have
 * lost what they belonged to, and so would say nothing, or something that was changed, in the other version.
 */
export function withCurrentForms(text: string): string {
  const card = parseDerivedCard(text)
  const { orphans, renewed } = convert(card, collect(card), card.version === '4.0' ? '3.0' : '4.0')
  if (orphans.size + renewed.size === 0) return text
  const edit = editCard(card, card.version === '4.0' ? '4.0' : '3.0')
  for (const [line, current] of renewed) replaceLine(edit, line, current)
  for (const line of orphans) removeLine(edit, line)
  const current = editedText(edit)
  // A former line may belong to a preserved one.
  return current === text ? text : withCurrentForms(current)
}

/** Converts a card, and shows what became of its lines. */
function converting(card: Card, version: '3.0' | '4.0') {
  const collected = collect(card)
  const wanted = contactOf(card, collected)
  const original = inModernForm(card)
  const { text, conversions } =
    original.version === version
      ? { text: cardText(original), conversions: [] }
      : convert(original, original === card ? collected : collect(original), version)
  const converted = withWantedContact(parseDerivedCard(text), wanted, version)
  return { original, converted: parseDerivedCard(converted), conversions }
}

function convert(card: Card, collected: Collected, version: '3.0' | '4.0') {
  const edit = editCard(card, version)
  const to4 = version === '4.0'
  const hosts = hostsOf(card, collected)
  const printed = printedAddresses(card)
  const besides = besidesOf(card, collected, printed)
  const converted = convertEntries(edit, collected, hosts, to4 ? toParam4 : toParam3)
  const toVersion = to4 ? toVersion4(edit, hosts, printed) : toVersion3(edit, collected)
  const lines = to4 ? card.lines : sortedByRank(card)
  for (const [at, line] of lines.entries()) {
    const isUntouched = edit.cells[at]?.[0] === card.lines[at]
    if (line.name === 'VERSION') {
      edit.cells[at] = [newLine(edit, 'VERSION', version)]
    } else if (line.name === formerLine) {
      edit.cells[at] = []
    } else if (line.name !== '' && isUntouched && !converted.has(line)) {
      edit.cells[at] = besides.has(line) ? [] : toVersion(line)
    }
  }
  const { unused, renewed } = restoreFormerLines(edit)
  placeBehindHosts(edit, hosts)
  if (!to4) linkForms(edit)
  const unusedLines = card.lines.filter((line, at) => {
    const name = originalName(line)
    // A further sound of a name comes back by its former line where Apple's properties say another one.
    const isRestored = to4 && name === 'N' && edit.cells[at]?.length !== 0
    return name !== null && !hosts.has(line) && !isRestored
  })
  const orphans = new Set([...unused, ...unusedLines, ...printed.orphans])
  const conversions = lines.flatMap((line, at) =>
    orphans.has(line) ? [] : { line, became: edit.cells[at] ?? [], behind: besides.get(line) },
  )
  return { text: editedText(edit), conversions, orphans, renewed }
}

/** Puts the other forms of a value behind the line that counts, which is the first (RFC 6350, 5.4). */
function placeBehindHosts({ card, cells }: CardEdit, hosts: ReadonlyMap<Line, Line[]>): void {
  for (const [line, [host]] of hosts) {
    const name = originalName(line)
    const counting = host ?? card.lines.find((other) => other.name === name)
    if (counting?.name !== name) continue
    const [at, hostAt] = [card.lines.indexOf(line), card.lines.indexOf(counting)]
    if (at > hostAt) continue
    cells[hostAt]?.push(...(cells[at] ?? []))
    cells[at] = []
  }
}

/**
 * Adds FN and N, which 3.0 and most programs require, and the phonetic names of 3.0, and restores the
 * order of the lists.
 */
function withWantedContact(card: Card, wanted: Contact, version: '3.0' | '4.0'): string {
  const collected = collect(card)
  const edit = editCard(card, version)
  patchLists(edit, collected, wanted)
  const stated = statedContact(card, collected)
  for (const { name, field } of textProperties) {
    if (stated[field] === wanted[field]) continue
    setText(edit, name, linesOf(collected.singles, name), wanted[field])
  }
  addNames(edit, collected, wanted)
  return editedText(edit)
}
