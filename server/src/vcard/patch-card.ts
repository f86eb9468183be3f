import type { Contact } from '../book/contact.ts'
import { canonicalCategories, canonicalContact } from './canonical.ts'
import { withCurrentForms } from './convert-card.ts'
import { hostsOf } from './convert/hosts.ts'
import { alternativesOf, nameFormsOf } from './fields/alternatives.ts'
import { collect, type Collected } from './fields/collect.ts'
import { linesOf } from './fields/person.ts'
import { parseCard, type Card } from './lines/card.ts'
import { valueOf, type Line } from './lines/lines.ts'
import { withNames } from './patch/add-names.ts'
import { changedLine, editCard, editedText, newLine } from './patch/card-edit.ts'
import { removeLine, replaceLine, type CardEdit } from './patch/card-edit.ts'
import { primaryBirthdayLine } from './patch/patch-birthday.ts'
import { patchCategories } from './patch/patch-categories.ts'
import { patchLists } from './patch/patch-lists.ts'
import { patchFullName, statedOrImplied } from './patch/patch-name.ts'
import { patchPerson } from './patch/patch-person.ts'
import { hasPhoto, patchPhoto } from './patch/patch-photo.ts'
import { patchPrinted } from './patch/patch-printed.ts'
import { writeRev } from './patch/rev.ts'
import { inModernForm } from './patch/upgrade.ts'
import type { Photo } from './photo.ts'
import { categoriesOf, contactOf } from './read-card.ts'

export type CardChange = {
  contact: Contact
  categories: readonly string[]
  /** The time of the change, for REV. */
  rev: Date
  /** null removes the embedded photos; undefined keeps them. */
  photo?: Photo | null | undefined
}

/**
 * Updates a card so that `readCard` reads `change.contact` from it. Only the lines of changed
 * values are replaced, keeping their group and parameters; all others keep every octet, and without a
 * change the text stays the same. A card in 2.1 is upgraded to 3.0 first.
 * @throws {VcardError}
 */
export function patchCard(cardText: string, change: CardChange): string {
  const before = parseCard(cardText)
  const wanted = { contact: canonicalContact(change.contact), change }
  const found = collect(before)
  if (!differs(before, found, wanted)) return cardText
  const modern = inModernForm(before)
  const isUpgraded = modern.version !== before.version
  const card = isUpgraded ? withNames(modern, contactOf(before, found)) : modern
  const collected = collect(card)
  const edit = editCard(card, card.version === '4.0' ? '4.0' : '3.0')
  if (isContactChanged(card, collected, wanted.contact)) {
    patchContact(edit, collected, wanted.contact)
  }
  patchCategories(edit, collected, canonicalCategories(change.categories))
  if (change.photo !== undefined) patchPhoto(edit, change.photo)
  setRev(edit, collected, change.rev)
  if (!isUpgraded) keepEncoded(edit, before)
  const text = editedText(edit)
  return isConverted.test(text) ? withCurrentForms(text) : text
}

/** Whether a card may have lines that only the conversion to its other version reads. */
const isConverted = /(?:[\r\n.]X-KITH-(?!FIELD)|;X-KITH-OF)/i

type Wanted = { contact: Contact; change: CardChange }

function differs(card: Card, collected: Collected, { contact, change }: Wanted): boolean {
  if (isContactChanged(card, collected, contact)) return true
  const categories = categoriesOf(card, collected.singles)
  if (!isSame(categories, canonicalCategories(change.categories))) return true
  return change.photo !== undefined && !hasPhoto(card, change.photo)
}

function isContactChanged(card: Card, collected: Collected, contact: Contact): boolean {
  return !isSame(contactOf(card, collected), contact)
}

function patchContact(edit: CardEdit, collected: Collected, wanted: Contact): void {
  const { card } = edit
  const before = contactOf(card, collected)
  const known = statedOrImplied(card, collected, wanted)
  const isNewBirthday = wanted.birthday !== null && known.birthday !== wanted.birthday
  // The line that becomes the birthday may have been one of the further `dates` before.
  const taken = isNewBirthday ? primaryBirthdayLine(card, collected.singles) : undefined
  patchPerson(edit, collected, known, wanted)
  patchLists(edit, collected, wanted, taken)
  if (!isSame(before.addresses, wanted.addresses)) patchPrinted(edit)
  patchFullName(edit, collected, before, wanted)
  removeOutdatedForms(edit, collected)
}

/** Restores the original form of unchanged lines in quoted-printable or base64. */
function keepEncoded(edit: CardEdit, before: Card): void {
  const { lines } = edit.card
  if (lines === before.lines || lines.length !== before.lines.length) return
  for (const [at, line] of before.lines.entries()) {
    const [cell, ...others] = edit.cells[at] ?? []
    // A soft line break at the end of the line would swallow the next line.
    const isWhole = line.decoded !== undefined || !/=\s*$/.test(line.raw)
    if (cell === lines[at] && others.length === 0 && isWhole) edit.cells[at] = [line]
  }
}

function setRev(edit: CardEdit, { singles }: Collected, rev: Date): void {
  const value = writeRev(rev, edit.version)
  const [line] = linesOf(singles, 'REV')
  if (line) replaceLine(edit, line, changedLine(edit, line, { params: [], value }))
  else edit.tail.push(newLine(edit, 'REV', value))
}

/** Other forms of a value, in other languages for one, are wrong once it changes. */
function removeOutdatedForms(edit: CardEdit, collected: Collected): void {
  const { card, cells } = edit
  const isSame = (line: Line) => {
    const now = cells[card.lines.indexOf(line)]?.[0]
    return now !== undefined && valueOf(now) === valueOf(line)
  }
  for (const [line, others] of [...alternativesOf(card), ...nameFormsOf(card)]) {
    if (!isSame(line)) for (const other of others) removeLine(edit, other)
  }
  for (const [line, hosts] of hostsOf(card, collected)) {
    if (!hosts.every(isSame)) removeLine(edit, line)
  }
}

function isSame(one: unknown, other: unknown): boolean {
  return JSON.stringify(one) === JSON.stringify(other)
}
