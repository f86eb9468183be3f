import type { Contact } from '../book/contact.ts'
import type { SortAs } from '../book/filed-under.ts'
import { oneLine } from '../book/text.ts'
import { bareUid } from '../book/uid.ts'
import { collect, sourceOf, type Collected } from './fields/collect.ts'
import { withFullName, type NameContext } from './fields/full-name.ts'
import { firstText, isText, linesOf, statedContact, text } from './fields/person.ts'
import { sortAsOf } from './fields/sort-as.ts'
import { parseCard, strayLines, type Card, type Version } from './lines/card.ts'
import { valueOf, type Line } from './lines/lines.ts'
import { readText, splitValue } from './lines/text-value.ts'

/** KIND (RFC 6350, 6.1.4). An unknown kind counts as an individual. */
export type Kind = 'individual' | 'group' | 'org' | 'location'

export type ReadCard = {
  /** null if the card has no version, or one that does not exist. */
  version: Version | null
  uid: string | null
  /** REV as written. */
  rev: string | null
  /** FN as written; the contact has the components of the name. */
  fullName: string | null
  sortAs: SortAs | null
  kind: Kind
  /** The UIDs of a group's members, without `urn:uuid:`. */
  members: string[]
  categories: string[]
  contact: Contact
  /** false if END:VCARD is missing. */
  isComplete: boolean
  /** The first line of the card that is no property and belongs to no text. */
  unread: string | null
}

/**
 * Reads the known properties of a card of any version; the text keeps the unknown ones. `readPhoto`
 * reads photos.
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
    sortAs: sortAsOf(card, singles),
    kind: kindOf(card, singles),
    members: [
      ...linesOf(singles, 'MEMBER'),
      ...linesOf(singles, 'X-ADDRESSBOOKSERVER-MEMBER'),
    ].flatMap((line) => bareUid(text(card, line) ?? '') || []),
    categories: categoriesOf(card, singles),
    contact: contactOf(card, collected),
    isComplete: card.end < card.lines.length,
    unread: unreadLine(card),
  }
}

function unreadLine(card: Card): string | null {
  const texts = [...strayLines(card)].map(({ raw }) => oneLine(raw))
  return texts.find((text) => text !== null && !/^(?:BEGIN|END)\s*:/i.test(text)) ?? null
}

export function contactOf(card: Card, collected: Collected): Contact {
  return withImpliedName(card, collected, statedContact(card, collected))
}

/** Adds the name that only FN implies to the stated fields. */
export function withImpliedName(
  card: Card,
  { singles }: Pick<Collected, 'singles'>,
  stated: Contact,
): Contact {
  const fullName = firstText(card, linesOf(singles, 'FN'))
  return withFullName(stated, fullName, nameContext(card, singles))
}

export function nameContext(card: Card, singles: Collected['singles']): NameContext {
  const hasNameLine = linesOf(singles, 'N').length > 0
  return { isOrg: kindOf(card, singles) === 'org', hasNameLine }
}

// More labels than an owner can have.
const maxCategories = 1_000

/** The first categories of a card; edits leave any further ones in it. */
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

/** The values of a CATEGORIES line; `name` is null if a value is empty. */
export function* categoryValues(
  card: Card,
  line: Line,
): Generator<{ raw: string; name: string | null }, void, undefined> {
  const { coding } = sourceOf(card, line)
  for (const raw of splitValue(valueOf(line), ',')) {
    yield { raw, name: oneLine(readText(raw, coding)) }
  }
}

export function kindOf(card: Card, singles: Collected['singles']): Kind {
  const lines = ['KIND', 'X-ADDRESSBOOKSERVER-KIND'].flatMap((name) => linesOf(singles, name))
  const kind = lines.map((line) => text(card, line)?.toLowerCase()).find(isText)
  if (kind === 'group' || kind === 'org' || kind === 'location') return kind
  const showsAs = linesOf(singles, 'X-ABSHOWAS').map((line) => text(card, line))
  return showsAs.some((text) => text?.toUpperCase() === 'COMPANY') ? 'org' : 'individual'
}
