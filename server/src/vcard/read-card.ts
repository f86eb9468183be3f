import { bareUid } from '../book/uid.ts'
import { oneLine } from '../book/text.ts'
import type { Contact } from '../book/contact.ts'
import { parseCard, type Card, type Version } from './lines/card.ts'
import { collect, sourceOf, type Collected } from './fields/collect.ts'
import { withFullName } from './fields/full-name.ts'
import { valueOf, type Line } from './lines/lines.ts'
import { firstText, isText, linesOf, statedContact, text } from './fields/person.ts'
import { readText, splitValue } from './lines/text-value.ts'

/** RFC 6350, 6.1.4. A kind we do not know is an individual. */
export type Kind = 'individual' | 'group' | 'org' | 'location'

export type ReadCard = {
  /** null where the card says none, or one that does not exist. */
  version: Version | null
  uid: string | null
  /** REV as written. */
  rev: string | null
  /** FN as written; a contact has its parts. */
  fullName: string | null
  kind: Kind
  /** Of a group: the UIDs, without `urn:uuid:`. */
  members: string[]
  categories: string[]
  contact: Contact
  /** false where END:VCARD is missing. */
  isComplete: boolean
}

/**
 * Reads what Kith knows of a card of any version; what it does not know stays in the text. Photos
 * are read by `readPhoto`.
 * @throws {VcardError}
 */
export function readCard(cardText: string): ReadCard {
  const card = parseCard(cardText)
  const collected = collect(card)
  const { singles } = collected
  const first = (name: string) => firstText(card, linesOf(singles, name))
  return {
    version: card.version,
    uid: first('UID'),
    rev: first('REV'),
    fullName: first('FN'),
    kind: kindOf(card, singles),
    members: [
      ...linesOf(singles, 'MEMBER'),
      ...linesOf(singles, 'X-ADDRESSBOOKSERVER-MEMBER'),
    ].flatMap((line) => bareUid(text(card, line) ?? '') || []),
    categories: categoriesOf(card, singles),
    contact: contactOf(card, collected),
    isComplete: card.end < card.lines.length,
  }
}

export function contactOf(card: Card, collected: Collected): Contact {
  return withImpliedName(card, collected, statedContact(card, collected))
}

/** What is stated, with what the full name of the card tells besides. */
export function withImpliedName(
  card: Card,
  { singles }: Pick<Collected, 'singles'>,
  stated: Contact,
): Contact {
  const fullName = firstText(card, linesOf(singles, 'FN'))
  return withFullName(stated, fullName, kindOf(card, singles) === 'org')
}

// More than an owner can have labels.
const maxCategories = 1_000

/** The first of them: what is beyond them stays in the card. */
export function categoriesOf(card: Card, singles: Collected['singles']): string[] {
  const categories = new Set<string>()
  for (const line of linesOf(singles, 'CATEGORIES')) {
    for (const { name } of categoryValues(card, line)) {
      if (categories.size === maxCategories) return [...categories]
      if (name !== null) categories.add(name)
    }
  }
  return [...categories]
}

/** The parts of a CATEGORIES line; `name` is null where there is nothing to read. */
export function* categoryValues(
  card: Card,
  line: Line,
): Generator<{ raw: string; name: string | null }, void, undefined> {
  const { coding } = sourceOf(card, line)
  for (const raw of splitValue(valueOf(line), ',')) {
    yield { raw, name: oneLine(readText(raw, coding)) }
  }
}

function kindOf(card: Card, singles: Collected['singles']): Kind {
  const lines = ['KIND', 'X-ADDRESSBOOKSERVER-KIND'].flatMap((name) => linesOf(singles, name))
  const kind = lines.map((line) => text(card, line)?.toLowerCase()).find(isText)
  if (kind === 'group' || kind === 'org' || kind === 'location') return kind
  const showsAs = linesOf(singles, 'X-ABSHOWAS').map((line) => text(card, line))
  return showsAs.some((text) => text?.toUpperCase() === 'COMPANY') ? 'org' : 'individual'
}
