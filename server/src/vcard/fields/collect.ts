import { lists as listFields, recordOf, type ListField } from '../../book/fields.ts'
import type { Card, Version } from '../lines/card.ts'
import { valueOf, type Line } from '../lines/lines.ts'
import { paramValue, readParams, type Param } from '../lines/params.ts'
import { saysQuotedPrintable } from '../lines/quoted-printable.ts'
import { readText, type Coding } from '../lines/text-value.ts'
import { alternativeLines } from './alternatives.ts'
import { androidCustom, readAndroidRow } from './android-custom.ts'
import { birthdayFilter } from './birthday-filter.ts'
import { canonicalLabel, labelOfTypes } from './label-forms.ts'
import type { Item, Source } from './list-codec.ts'
import { codecOf, listProperties, type ListProperty } from './properties.ts'
import { textProperties } from './text-properties.ts'

/** An item of a list and the line that holds it. */
export type Entry = {
  item: Item
  at: number
  /** Lower comes first. */
  rank: number
  /** Whether the property itself is the label. */
  isPinned: boolean
}

/** The lines of a card by what they hold, found in one pass. */
export type Collected = {
  /** Each list in the owner's order. */
  lists: Record<ListField, Entry[]>
  /** The lines of all other known properties, by name; of Android's own, those with a nickname. */
  singles: Map<string, Line[]>
}

const singleNames: ReadonlySet<string> = new Set([
  ...'N FN SORT-STRING NICKNAME ORG NOTE BDAY UID REV CATEGORIES PHOTO KIND MEMBER X-ABSHOWAS'.split(
    ' ',
  ),
  ...'X-ADDRESSBOOKSERVER-KIND X-ADDRESSBOOKSERVER-MEMBER'.split(' '),
  ...textProperties.map(({ name }) => name),
])

/** Those that may occur several times, the preferred one first. */
const rankedNames = [
  'NICKNAME',
  'ORG',
  ...textProperties.filter(({ isRanked }) => isRanked).map(({ name }) => name),
]

export function collect(card: Card): Collected {
  const labels = groupLabels(card)
  const lists: Collected['lists'] = recordOf(listFields, () => [])
  const singles = new Map<string, Line[]>()
  const ranked = new Set<ListField>()
  const others = alternativeLines(card)
  const isBirthday = birthdayFilter()
  for (let at = 0; at < card.lines.length; at++) {
    const line = card.lines[at]
    if (line === undefined || line.name === '' || others.has(line)) continue
    const property = listProperties.get(line.name)
    if (property) {
      const source = sourceOf(card, line)
      // The birthday has a field of its own.
      const entry = isBirthday(source) ? null : readEntry(source, property, at, labels)
      if (entry) lists[property.list].push(entry)
      if (entry && entry.rank !== Infinity) ranked.add(property.list)
    }
    const row = line.name === androidCustom ? readAndroidRow(sourceOf(card, line)) : null
    if (row && row.field !== 'nickname') {
      lists[row.field].push({ item: row.item, at, rank: Infinity, isPinned: true })
    }
    if (singleNames.has(line.name) || row?.field === 'nickname') {
      const lines = singles.get(line.name)
      if (lines) lines.push(line)
      else singles.set(line.name, [line])
    }
  }
  for (const name of rankedNames) {
    const lines = singles.get(name)
    if (lines && lines.length > 1) singles.set(name, byRank(card, lines))
  }
  for (const list of ranked) lists[list].sort((a, b) => compare(a.rank, b.rank))
  lists.addresses = withoutCopies(card, lists.addresses)
  return { lists, singles }
}

export function sourceOf(card: Card, line: Line): Source {
  const params = readParams(line.params, card.version === '4.0')
  return { line, params, coding: codingOf(card, line, params) }
}

function codingOf({ version }: Card, line: Line, params: readonly Param[]): Coding {
  if (!saysQuotedPrintable(line.params)) return version === null ? unversioned : unencoded[version]
  const charset = paramValue(params, 'CHARSET')
  const coding = { version, isQuotedPrintable: true }
  return charset === undefined ? coding : { ...coding, charset }
}

const unversioned: Coding = { version: null, isQuotedPrintable: false }
const unencoded: Record<Version, Coding> = {
  '2.1': { version: '2.1', isQuotedPrintable: false },
  '3.0': { version: '3.0', isQuotedPrintable: false },
  '4.0': { version: '4.0', isQuotedPrintable: false },
}

/** 1 is the most preferred (RFC 6350, 5.3; TYPE=pref in 3.0). */
export function rankOf(params: readonly Param[]): number {
  let rank = Infinity
  for (const { name, values } of params) {
    if (name === 'PREF') rank = Math.min(rank, Number.parseInt(values[0] ?? '', 10) || 1)
    else if (name === 'TYPE' && values.some((type) => type.toLowerCase() === 'pref')) rank = 1
  }
  return rank
}

/** The preferred lines first. Lines of equal rank, or of none, keep their order. */
export function byRank(card: Card, lines: readonly Line[]): Line[] {
  const ranked = lines.map((line) => ({ line, rank: rankOf(sourceOf(card, line).params) }))
  return ranked.sort((a, b) => compare(a.rank, b.rank)).map(({ line }) => line)
}

function readEntry(
  source: Source,
  { list, label: own }: ListProperty,
  at: number,
  labels: ReadonlyMap<string, string | null>,
): Entry | null {
  const codec = codecOf(list)
  const found = codec.read(source)
  if (found === null) return null
  const isPinned = own !== undefined
  const beside = source.line.group === '' ? null : labels.get(source.line.group.toLowerCase())
  const label = isPinned ? own : (beside ?? labelOfTypes(source.params, list))
  const rank = codec.isRanked ? rankOf(source.params) : Infinity
  return { item: { label, ...found }, at, rank, isPinned }
}

/** The label that X-ABLabel gives each group. */
export function groupLabels(card: Card): Map<string, string | null> {
  const labels = new Map<string, string | null>()
  for (const line of card.lines) {
    if (line.name !== 'X-ABLABEL' || line.group === '') continue
    const group = line.group.toLowerCase()
    if (labels.has(group)) continue
    const { coding } = sourceOf(card, line)
    labels.set(group, canonicalLabel(readText(valueOf(line), coding)))
  }
  return labels
}

/** Without each LABEL that may be, as one text, the printed form of an ADR. */
function withoutCopies(card: Card, entries: Entry[]): Entry[] {
  const lineOf = ({ at }: Entry) => card.lines[at] as Line
  const isLabel = (entry: Entry) => lineOf(entry).name === 'LABEL'
  if (!entries.some(isLabel)) return entries
  const addresses = entries.filter((entry) => !isLabel(entry)).map(lineOf)
  const addressesOf = addressFinder(card, addresses)
  return entries.filter((entry) => !isLabel(entry) || addressesOf(lineOf(entry)).length === 0)
}

/**
 * Finds the addresses of which a LABEL may be the printed form (RFC 2426, 3.2.2): those of its group, or
 * else with its types, which may have another label beside them, or else with its label.
 */
export function addressFinder(
  card: Card,
  addresses: readonly Line[],
): (label: Line) => readonly Line[] {
  const labels = groupLabels(card)
  const groupOf = ({ group }: Line) => group.toLowerCase()
  const typesOf = (line: Line) => labelOfTypes(sourceOf(card, line).params)
  const labelOf = (line: Line) => labels.get(groupOf(line)) ?? typesOf(line)
  const byGroup = Map.groupBy(addresses, groupOf)
  const byTypes = Map.groupBy(addresses, typesOf)
  const byLabel = Map.groupBy(addresses, labelOf)
  return (line) =>
    (line.group === '' ? undefined : byGroup.get(groupOf(line))) ??
    byTypes.get(typesOf(line)) ??
    byLabel.get(labelOf(line)) ??
    []
}

function compare(a: number, b: number): number {
  return a < b ? -1 : a > b ? 1 : 0
}
