import { oneLine } from '../book/text.ts'
import { collect } from './fields/collect.ts'
import { hasName, isStandIn, recomposed } from './fields/full-name.ts'
import { firstText, isText, linesOf, partsOf } from './fields/person.ts'
import { parseCard } from './lines/card.ts'
import { plainNames } from './plain-card.ts'
import { contactOf } from './read-card.ts'

/** What a card says that a contact has no field for, as texts by the names of its properties. */
export type BeyondFields = { FN: string; ORG: string; TITLE: string }

/**
 * The full name that somebody chose, and the employers and job titles behind the first ones, several of
 * them on lines of their own. What there is not is empty.
 * @throws {VcardError}
 */
export function beyondFields(cardText: string): BeyondFields {
  if (isPlainName(cardText)) return { FN: '', ORG: '', TITLE: '' }
  const card = parseCard(cardText)
  const collected = collect(card)
  const { singles } = collected
  const contact = contactOf(card, collected)
  const fullName = firstText(card, linesOf(singles, 'FN'))
  const isChosen =
    fullName !== null &&
    !isStandIn(fullName, contact) &&
    recomposed(fullName, contact, contact) === null
  const further = (name: string) =>
    linesOf(singles, name)
      .map((line) => partsOf(card, line).filter(isText).join(', '))
      .filter((text) => text !== '')
      .slice(1)
      .join('\n')
  return { FN: isChosen ? fullName : '', ORG: further('ORG'), TITLE: further('TITLE') }
}

/** Whether a plain card has a full name that is composed of the name's components, and one employer. */
function isPlainName(cardText: string): boolean {
  const plain = plainNames(cardText)
  // A component with a comma may be a list.
  if (plain === null || plain.components.some((part) => part.includes(','))) return false
  const [last, first, middle, prefix, suffix] = plain.components.map(oneLine)
  const name = {
    prefix: prefix ?? null,
    first_name: first ?? null,
    middle_name: middle ?? null,
    last_name: last ?? null,
    suffix: suffix ?? null,
  }
  return hasName(name) && recomposed(oneLine(plain.fullName) ?? '', name, name) !== null
}
