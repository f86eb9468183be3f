import type { Contact } from '../../book/contact.ts'
import type { Collected } from '../fields/collect.ts'
import {
  fullName,
  hasName,
  isStandIn,
  recomposed,
  withFullName,
  type NameContext,
} from '../fields/full-name.ts'
import { firstText, linesOf, nameParts, statedContact } from '../fields/person.ts'
import type { Card } from '../lines/card.ts'
import { nameContext, withImpliedName } from '../read-card.ts'
import { newLine, type CardEdit } from './card-edit.ts'
import { setText } from './patch-person.ts'

/**
 * The stated fields, and those that FN will still imply after the change: these need no line of their
 * own.
 */
export function statedOrImplied(card: Card, collected: Collected, wanted: Contact): Contact {
  const stated = statedContact(card, collected)
  const known = { ...stated }
  const withStatedName = { ...wanted }
  for (const key of nameParts) withStatedName[key] = stated[key]
  const named = withImpliedName(card, collected, withStatedName)
  if (!isNameDifferent(named, wanted)) {
    for (const key of nameParts) known[key] = wanted[key]
  }
  const { company } = withImpliedName(card, collected, { ...wanted, company: stated.company })
  if (company === wanted.company) known.company = company
  return known
}

/** Recomposes FN if it is composed of the name; keeps one that somebody chose. */
export function patchFullName(
  edit: CardEdit,
  { singles }: Collected,
  before: Contact,
  wanted: Contact,
): void {
  const lines = linesOf(singles, 'FN')
  const written = firstText(edit.card, lines)
  const context = nameContext(edit.card, singles)
  const name = nextFullName(written, before, wanted, context)
  if (name !== written) setText(edit, 'FN', lines, name)
  // Without an N, a full name would be read as the name although it only repeats the nickname.
  const isNickname = !hasName(wanted) && name !== null && name === wanted.nickname
  const isOrgName = context.isOrg && name === wanted.company
  if (!context.hasNameLine && isNickname && !isOrgName) {
    edit.tail.push(newLine(edit, 'N', ';;;;'))
  }
}

function nextFullName(
  written: string | null,
  before: Contact,
  wanted: Contact,
  context: NameContext,
): string | null {
  if (written === null) return isNameDifferent(before, wanted) ? fullName(wanted) : null
  if (!hasName(wanted)) {
    return isChosen(written, before, wanted, context) ? written : fullName(wanted)
  }
  if (!isNameDifferent(before, wanted)) return written
  if (!hasName(before) && isStandIn(written, before)) return fullName(wanted)
  return (recomposed(written, before, wanted) ?? written) || fullName(wanted)
}

/** Whether a full name may stay that is the only name of the contact, or of an organisation. */
function isChosen(
  written: string,
  before: Contact,
  wanted: Contact,
  context: NameContext,
): boolean {
  if (isStandIn(written, wanted)) return true
  const isOutdated = isStandIn(written, before) || recomposed(written, before, wanted) !== null
  // The full name of a person would be read as the name.
  return !isOutdated && withFullName(wanted, written, context) === wanted
}

function isNameDifferent(one: Contact, other: Contact): boolean {
  return nameParts.some((key) => one[key] !== other[key])
}
