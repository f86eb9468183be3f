import type { Contact } from '../../book/contact.ts'
import type { CardEdit } from './card-edit.ts'
import type { Card } from '../lines/card.ts'
import type { Collected } from '../fields/collect.ts'
import { fullName, hasName, isStandIn, recomposed } from '../fields/full-name.ts'
import { setText } from './patch-person.ts'
import { firstText, linesOf, nameParts, statedContact } from '../fields/person.ts'
import { withImpliedName } from '../read-card.ts'

/**
 * What the lines say, with what the full name tells besides where it goes on telling it: that needs
 * no lines of its own.
 */
export function statedOrImplied(card: Card, collected: Collected, wanted: Contact): Contact {
  const stated = statedContact(card, collected)
  const told = { ...stated }
  const nameless = { ...wanted }
  for (const key of nameParts) nameless[key] = stated[key]
  const named = withImpliedName(card, collected, nameless)
  if (!isNameDifferent(named, wanted)) for (const key of nameParts) told[key] = wanted[key]
  const { company } = withImpliedName(card, collected, { ...wanted, company: stated.company })
  if (company === wanted.company) told.company = company
  return told
}

/** The full name follows a name that it is composed of; one that somebody chose stays. */
export function patchFullName(
  edit: CardEdit,
  { singles }: Collected,
  before: Contact,
  wanted: Contact,
): void {
  const lines = linesOf(singles, 'FN')
  const written = firstText(edit.card, lines)
  const name = nextFullName(written, before, wanted)
  if (name !== written) setText(edit, 'FN', lines, name)
}

function nextFullName(written: string | null, before: Contact, wanted: Contact): string | null {
  if (written === null) return isNameDifferent(before, wanted) ? fullName(wanted) : null
  // Where nothing else is a name, it would be read as one.
  if (!hasName(wanted)) return isStandIn(written, wanted) ? written : fullName(wanted)
  if (!isNameDifferent(before, wanted)) return written
  if (!hasName(before) && isStandIn(written, before)) return fullName(wanted)
  return (recomposed(written, before, wanted) ?? written) || fullName(wanted)
}

function isNameDifferent(one: Contact, other: Contact): boolean {
  return nameParts.some((key) => one[key] !== other[key])
}
