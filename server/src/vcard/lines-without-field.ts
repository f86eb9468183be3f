import { androidCustom, readAndroidRow } from './fields/android-custom.ts'
import { collect, sourceOf, type Collected } from './fields/collect.ts'
import { codedLists, companions, listProperties } from './fields/properties.ts'
import { textProperties } from './fields/text-properties.ts'
import { parseCard, type Card } from './lines/card.ts'
import { valueOf, type Line } from './lines/lines.ts'

/** Properties of the card itself, and of the person those that fields, labels and photos hold. */
const heldElsewhere: ReadonlySet<string> = new Set([
  ...'BEGIN END VERSION UID REV PRODID PROFILE CLIENTPIDMAP KIND MEMBER PHOTO CATEGORIES'.split(
    ' ',
  ),
  ...'N FN SORT-STRING NICKNAME ORG NOTE BDAY LABEL X-ABSHOWAS'.split(' '),
  ...'X-ADDRESSBOOKSERVER-KIND X-ADDRESSBOOKSERVER-MEMBER'.split(' '),
  ...'X-KITH-N X-KITH-FN X-KITH-BDAY X-KITH-KIND X-KITH-CLIENTPIDMAP X-KITH-SORT-AS X-KITH-FORMER'.split(
    ' ',
  ),
  ...textProperties.map(({ name }) => name),
  ...companions,
])

/** The lines of a card that no field of a contact holds: other programs alone understand them. */
export function linesWithoutField(card: Card, { lists }: Collected): Line[] {
  const read = new Set(codedLists.flatMap((list) => lists[list].map(({ at }) => card.lines[at])))
  return card.lines.filter((line) => {
    if (line.name === '' || heldElsewhere.has(line.name) || read.has(line)) return false
    if (line.name === androidCustom && readAndroidRow(sourceOf(card, line))) return false
    return !listProperties.has(line.name) || valueOf(line).trim() !== ''
  })
}

/** In Unicode characters: a sound or a key is not for reading. */
const maxShownLength = 1_000

/**
 * What the lines of a card say that no field holds, to be shown.
 * @throws {VcardError}
 */
export function otherProperties(text: string): { name: string; value: string }[] {
  const card = parseCard(text)
  return linesWithoutField(card, collect(card)).map((line) => ({
    name: line.name,
    value: Array.from(valueOf(line).slice(0, 2 * maxShownLength))
      .slice(0, maxShownLength)
      .join(''),
  }))
}
