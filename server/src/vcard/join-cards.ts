import type { Contact } from '../book/contact.ts'
import { canonicalContact } from './canonical.ts'
import { convertCard } from './convert-card.ts'
import { propertiesWithForms } from './fields/alternatives.ts'
import { collect, type Collected } from './fields/collect.ts'
import { without } from './fields/list-codec.ts'
import { codedLists, companions } from './fields/properties.ts'
import { linesWithoutField } from './lines-without-field.ts'
import { parseCard, type Card } from './lines/card.ts'
import { makeLine, spelling, valueOf, type Line } from './lines/lines.ts'
import { joinParams, readParams } from './lines/params.ts'
import { changedLine, editCard, editedText, newGroupName, replaceLine } from './patch/card-edit.ts'
import type { CardEdit } from './patch/card-edit.ts'
import { withoutPreference } from './patch/preference.ts'
import { photoOf, photoLines } from './photo.ts'
import { readCard } from './read-card.ts'

/** What becomes of a card when others are joined with it. */
export type Joining = {
  base: string
  others: readonly string[]
  /** What the base becomes: its items that are not its own come from the others. */
  joined: Contact
}

/**
 * A card with the lines of others that it lacks: those of items that it takes over, with their
 * parameters and their labels, and those of properties that are no field of a contact. Without a photo it
 * takes the first of theirs. Its own lines keep every octet, unless it is in 2.1.
 * @throws {VcardError}
 */
export function joinCards({ base, others, joined }: Joining): string {
  const own = parseCard(base)
  const version = own.version === '4.0' ? '4.0' : '3.0'
  const modern = own.version === version ? base : convertCard(base, version)
  const known = readCard(modern).contact
  const wanted = canonicalContact(joined)
  const added = new Set(
    codedLists.flatMap((list) =>
      wanted[list].slice(known[list].length).map((item) => keyOfItem(list, item)),
    ),
  )
  return others.reduce((text, other) => {
    return withLinesOf(text, parseCard(convertCard(other, version)), added)
  }, modern)
}

/** A card in which forms of one value in several languages (ALTID) are values of their own. */
export function withoutAltIds(text: string): string {
  const card = parseCard(text)
  if (card.version !== '4.0') return text
  const edit = editCard(card, '4.0')
  for (const line of card.lines) {
    if (!propertiesWithForms.has(line.name) || !/ALTID/i.test(line.params)) continue
    const params = without(readParams(line.params, true), 'ALTID')
    replaceLine(edit, line, changedLine(edit, line, { params, value: valueOf(line) }))
  }
  return editedText(edit)
}

/** @param added the items that the base takes over from others; those that are found are removed */
function withLinesOf(text: string, other: Card, added: Set<string>): string {
  const base = parseCard(text)
  const edit = editCard(base, base.version === '4.0' ? '4.0' : '3.0')
  const collected = collect(other)
  const items = takenItems(other, collected, added)
  const unknown = unknownLines(base, other, collected)
  const photos = photoOf(base)?.kind === 'bytes' ? [] : photoLinesOf(base, other)
  const taken = new Set([...items, ...unknown, ...photos])
  const labels = labelsOf(other, taken)
  const names = new Map<string, string>()
  for (const line of other.lines) {
    if (taken.has(line) || labels.has(line)) edit.tail.push(takenLine(edit, line, names))
  }
  return editedText(edit)
}

/** The lines of items that nothing in the base says. */
function takenItems(card: Card, { lists }: Collected, added: Set<string>): Line[] {
  return codedLists.flatMap((list) =>
    lists[list].flatMap(({ item, at }) => {
      const line = card.lines[at]
      return line && added.delete(keyOfItem(list, item)) ? [line] : []
    }),
  )
}

function keyOfItem(list: string, item: object): string {
  return `${list} ${JSON.stringify(Object.entries(item).sort(([a], [b]) => (a < b ? -1 : 1)))}`
}

/** The lines that no field holds, without those that the base has already. */
function unknownLines(base: Card, other: Card, collected: Collected): Line[] {
  const known = new Set(base.lines.map(keyOfLine))
  return linesWithoutField(other, collected).filter((line) => {
    const key = keyOfLine(line)
    return !known.has(key) && known.add(key)
  })
}

/** A line break that some program did not escape is one that is escaped once the line is taken. */
function keyOfLine(line: Line): string {
  return `${line.name}${line.params}:${valueOf(line).trimEnd().replaceAll('\n', '\\n')}`
}

/** The photo, if it is better than a link that the base may have. */
function photoLinesOf(base: Card, other: Card): Line[] {
  const photo = photoOf(other)
  if (photo === null || (photo.kind === 'uri' && photoOf(base) !== null)) return []
  const lines = photoLines(other).filter((one) => one.photo?.kind === photo.kind)
  return lines.slice(0, 1).map(({ line }) => line)
}

/** What describes the taken lines in their groups, where it describes no other line as well. */
function labelsOf(card: Card, taken: ReadonlySet<Line>): Set<Line> {
  const groups = Map.groupBy(
    card.lines.filter(({ name, group }) => name !== '' && group !== ''),
    ({ group }) => group.toLowerCase(),
  )
  const isOfTaken = (lines: Line[]) =>
    lines.some((line) => taken.has(line)) &&
    lines.every((line) => companions.has(line.name) || taken.has(line))
  const labels = [...groups.values()].filter(isOfTaken).flat()
  return new Set(labels.filter(({ name }) => companions.has(name)))
}

/** @param names the new names of the other card's groups, where the base has others of the same name */
function takenLine(edit: CardEdit, line: Line, names: Map<string, string>): Line {
  const { lineEnd } = edit.card
  const name = line.group.toLowerCase()
  const isFree = !/^item\d+$/.test(name) && !edit.groups.has(name)
  const group =
    line.group && names.getOrInsertComputed(name, () => (isFree ? line.group : newGroupName(edit)))
  const params = withoutPreference(readParams(line.params, edit.version === '4.0'), edit.version)
  return makeLine(group, spelling(line), joinParams(params), valueOf(line), lineEnd)
}
