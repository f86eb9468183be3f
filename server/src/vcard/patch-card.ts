import type { WholeContact } from '../contacts/whole-contact.ts'
import { canonicalCategories, canonicalContact } from './canonical.ts'
import {
  changedLine,
  editCard,
  editedText,
  newLine,
  removeLine,
  replaceLine,
  type CardEdit,
} from './card-edit.ts'
import { parseCard, type Card } from './card.ts'
import { collect, sourceOf, type Collected } from './collect.ts'
import { fullName, hasName, isStandIn } from './full-name.ts'
import { patchList } from './patch-list.ts'
import { patchPerson, setText } from './patch-person.ts'
import { linesOf, nameParts, statedContact, text } from './person.ts'
import { photoLine, photoOf, samePhoto, type Photo } from './photo.ts'
import { codecOf, codecs, type ListName } from './properties.ts'
import { categoriesOf, contactOf } from './read-card.ts'
import { inModernForm } from './upgrade.ts'
import { writeRev } from './rev.ts'
import { writeText } from './text-value.ts'

export type CardChange = {
  contact: WholeContact
  categories: readonly string[]
  /** When it was changed: REV. */
  rev: Date
  /** null takes the photo away; without it, it stays. */
  photo?: Photo | null | undefined
}

/**
 * Makes a card say what a contact now says. Only lines whose value changed are replaced, with their
 * group and their parameters; all others keep every octet, and a change of nothing changes nothing.
 * A card in 2.1 is brought to 3.0 first. What is then read of it is `change.contact`.
 * @throws {VcardError}
 */
export function patchCard(cardText: string, change: CardChange): string {
  const before = parseCard(cardText)
  const wanted = { contact: canonicalContact(change.contact), change }
  if (!differs(before, collect(before), wanted)) return cardText
  const card = inModernForm(before)
  const collected = collect(card)
  const edit = editCard(card, card.version === '4.0' ? '4.0' : '3.0')
  if (isContactChanged(card, collected, wanted.contact)) {
    patchContact(edit, collected, wanted.contact)
  }
  patchCategories(edit, collected, canonicalCategories(change.categories))
  if (change.photo !== undefined) patchPhoto(edit, collected, change.photo)
  setRev(edit, collected, change.rev)
  return editedText(edit)
}

type Wanted = { contact: WholeContact; change: CardChange }

function differs(card: Card, collected: Collected, { contact, change }: Wanted): boolean {
  if (isContactChanged(card, collected, contact)) return true
  const categories = categoriesOf(card, collected.singles)
  if (!isSame(categories, canonicalCategories(change.categories))) return true
  return change.photo !== undefined && !samePhoto(photoOf(card), change.photo)
}

function isContactChanged(card: Card, collected: Collected, contact: WholeContact): boolean {
  return !isSame(contactOf(card, collected), contact)
}

function patchContact(edit: CardEdit, collected: Collected, wanted: WholeContact): void {
  const { card } = edit
  const before = contactOf(card, collected)
  // Against what the lines say, so that what was only concluded is written down.
  patchPerson(edit, collected, statedContact(card, collected), wanted)
  for (const list of Object.keys(codecs) as ListName[]) {
    patchList(edit, codecOf(list), collected.lists[list], wanted[list])
  }
  if (!isSame(before.addresses, wanted.addresses)) removeAll(edit, 'LABEL')
  patchFullName(edit, collected, before, wanted)
}

/** The full name follows the name; one that somebody chose stays while the name does. */
function patchFullName(
  edit: CardEdit,
  { singles }: Collected,
  before: WholeContact,
  wanted: WholeContact,
): void {
  const lines = linesOf(singles, 'FN')
  const written = lines.map((line) => text(edit.card, line)).find((text) => text !== null)
  const isRenamed = nameParts.some((key) => before[key] !== wanted[key])
  const isFree = !hasName(wanted) && written !== undefined && !isStandIn(written, wanted)
  if (isRenamed || isFree || written === undefined) {
    const name = fullName(wanted)
    if (name !== written) setText(edit, 'FN', lines.slice(0, 1), name)
  }
}

function patchCategories(edit: CardEdit, { singles }: Collected, wanted: string[]): void {
  const { card } = edit
  if (isSame(categoriesOf(card, singles), wanted)) return
  const [first, ...others] = linesOf(singles, 'CATEGORIES')
  for (const line of others) removeLine(edit, line)
  const value = wanted.map(writeText).join(',')
  if (!first) return void edit.tail.push(newLine(edit, 'CATEGORIES', value))
  if (value === '') return removeLine(edit, first)
  const { params } = sourceOf(card, first)
  replaceLine(edit, first, changedLine(edit, first, { params, value }))
}

function patchPhoto(edit: CardEdit, { singles }: Collected, wanted: Photo | null): void {
  if (samePhoto(photoOf(edit.card), wanted)) return
  const [first, ...others] = linesOf(singles, 'PHOTO')
  for (const line of others) removeLine(edit, line)
  if (wanted === null) {
    if (first) removeLine(edit, first)
    return
  }
  const line = photoLine(edit, wanted)
  if (first) replaceLine(edit, first, line)
  else edit.tail.push(line)
}

function setRev(edit: CardEdit, { singles }: Collected, rev: Date): void {
  const value = writeRev(rev, edit.version)
  const [line] = linesOf(singles, 'REV')
  if (line) replaceLine(edit, line, changedLine(edit, line, { params: [], value }))
  else edit.tail.push(newLine(edit, 'REV', value))
}

function removeAll(edit: CardEdit, name: string): void {
  for (const line of edit.card.lines) if (line.name === name) removeLine(edit, line)
}

function isSame(one: unknown, other: unknown): boolean {
  return JSON.stringify(one) === JSON.stringify(other)
}
