import { hash } from 'node:crypto'
import { cardText, type Card } from '../lines/card.ts'
import { binaryProperties } from '../lines/encoded-text.ts'
import { makeLine, spelling, splitLines, valueOf, type Line } from '../lines/lines.ts'
import { editCard, editedText, newLine, type CardEdit } from '../patch/card-edit.ts'
import { companionsOf, withAbLabel } from '../patch/item-lines.ts'
import { canBeFurtherBirthday } from './further-birthdays.ts'
import { meaningsOf } from './line-meaning.ts'
import { paramsAt, placesOf } from './ranks.ts'

/**
 * A line as it was in the version from which a card was converted, on a line of its own: iOS reads unknown
 * parameters as parts of names, and other programs ignore unknown properties.
 */
export const formerLine = 'X-KITH-FORMER'

export type Conversion = {
  line: Line
  /** The lines that it became in another version. */
  became: readonly Line[]
  /** The line behind which it comes back; undefined if it comes back in its own place. */
  behind: Line | undefined
}

/** Lines of 3.0 for what is a part of N or of ADR in 4.0. */
const parts: ReadonlySet<string> = new Set(['SORT-STRING', 'X-KITH-SORT-AS', 'LABEL'])

type Former = {
  /** Where it stands. */
  source: Line
  key: string
  line: Line
  hasValue: boolean
  /** The value of its X-ABLabel, if it became another one. */
  label: string | undefined
}

/** Properties of 3.0 of which 4.0 states but one of several lines that say the same. */
const stated: ReadonlySet<string> = new Set(['BDAY', 'SORT-STRING'])
/** Before the fingerprint of a line behind which the former one comes again, and not in its place. */
const behind = '+'

/**
 * Adds to a converted card the lines that its conversion back would not restore, each with the fingerprint of
 * what it became: where that comes back unchanged, the former line takes its place again. A line that became
 * a part of another one has the fingerprint of what is made of that part on the way back, and one that became
 * nothing that of the line behind which it comes back, or, as it stood there twice, of the first one of its name.
 * @param back the converted card in the version of the original again
 */
export function withFormerLines(
  original: Card,
  converted: Card,
  back: Card,
  conversions: readonly Conversion[],
): string {
  const { lost, others } = differences(original, back)
  if (lost.size === 0) return cardText(converted)
  const edit = editCard(converted, converted.version === '4.0' ? '4.0' : '3.0')
  const placeOf = placesOf(original)
  const [labelOf, newLabelOf] = [abLabelsOf(original), abLabelsOf(converted)]
  const meanings = [...meaningsOf(converted)]
  const byText = Map.groupBy(meanings, ([{ raw }]) => raw)
  const byName = Map.groupBy([...meanings, ...meaningsOf(back)], ([{ name }]) => name)
  const successors = new Map(conversions.map(({ line, became }) => [line, became]))
  const firstOf = (lines: readonly Line[] = []) =>
    lines.flatMap(({ raw }) => byText.get(raw) ?? [])[0]
  for (const { line, became, behind: before } of conversions) {
    if (!lost.has(line)) continue
    const isPart = before === undefined && became.length === 0
    const found = isPart ? others.get(line.name)?.shift() : firstOf(became)
    const first = isPart && stated.has(line.name) ? byName.get(line.name)?.[0] : undefined
    const host = found ?? first ?? (before && firstOf(successors.get(before)))
    if (!host) continue
    const [successor, meaning] = host
    const header = headerOf(line, paramsAt(placeOf(line), line))
    const label = labelOf(line)
    const hasOtherLabel = label !== '' && label !== newLabelOf(successor)
    const value = hasOtherLabel || !isSameValue(line, successor) ? [valueOf(line)] : []
    const fields = [header, ...value, ...(hasOtherLabel ? [label] : [])]
    const place = found ? '' : behind
    edit.tail.push(newLine(edit, formerLine, place + written(meaning, fields)))
  }
  return editedText(edit)
}

/** The lines of a card that do not come back, and by name those that come back in addition. */
function differences(original: Card, back: Card) {
  const left = Map.groupBy(meaningsOf(back), ([, meaning]) => meaning)
  const lost = new Set<Line>()
  for (const [line, meaning] of meaningsOf(original)) {
    const isOurs = line.name.startsWith('X-KITH-')
    if (left.get(meaning)?.pop() === undefined && !isOurs) lost.add(line)
  }
  return { lost, others: Map.groupBy([...left.values()].flat(), ([{ name }]) => name) }
}

/** The value of the X-ABLabel of a line; empty if it has none. */
function abLabelsOf({ lines }: Card): (line: Line) => string {
  const labels = new Map<string, string>()
  for (const line of lines) {
    const group = line.group.toLowerCase()
    if (line.name === 'X-ABLABEL') labels.getOrInsert(group, valueOf(line))
  }
  return ({ group }) => (group === '' ? '' : (labels.get(group.toLowerCase()) ?? ''))
}

function headerOf(line: Line, params: string): string {
  const group = line.group === '' ? '' : `${line.group}.`
  return group + spelling(line) + params
}

/** Octets have another form in each version, and are read from that. */
function isSameValue(line: Line, successor: Line): boolean {
  return binaryProperties.has(line.name) || valueOf(line) === valueOf(successor)
}

/** Percent-encoded, so that no program escapes or splits it. */
function written(meaning: string, fields: readonly string[]): string {
  return [fingerprint(meaning), ...fields.map(encoded)].join(' ')
}

function fingerprint(meaning: string): string {
  return hash('sha256', meaning).slice(0, 16)
}

/**
 * Restores in a card that was converted back the former lines of what is unchanged.
 * @returns the lines in which the others stand
 */
export function restoreFormerLines(edit: CardEdit): Line[] {
  const { card } = edit
  const formers = Map.groupBy(readFormers(card), ({ key }) => key)
  if (formers.size === 0) return []
  for (const [line, meaning] of meaningsOf(card)) {
    const key = fingerprint(meaning)
    const [next] = formers.get(key) ?? []
    const isPossible = next?.line.name !== 'BDAY' || canBeFurther(card, line)
    const former = isPossible ? formers.get(key)?.shift() : undefined
    if (former) restore(edit, line, former)
    const again = takeAll(formers, behind + key)
    const cell = edit.cells[card.lines.indexOf(line)]
    cell?.push(...again.map((other) => restoredLine(other, line, cell[0] ?? line, card.lineEnd)))
  }
  restoreParts(edit, formers)
  return [...formers.values()].flat().map(({ source }) => source)
}

function restore(edit: CardEdit, line: Line, former: Former): void {
  const { card, cells } = edit
  const at = card.lines.indexOf(line)
  const cell = cells[at] ?? []
  const { group, name } = former.line
  if (group === '') for (const companion of companionsOf(edit, at)) cells[companion] = []
  const restored = restoredLine(former, line, cell[0] ?? line, card.lineEnd)
  const labelled =
    former.label === undefined ? [restored] : withAbLabel(edit, at, restored, former.label)
  cells[at] = [...labelled, ...cell.filter((part) => parts.has(part.name) && part.name !== name)]
}

/** Restores those that had become a part of another line, which makes a line of its own again. */
function restoreParts(edit: CardEdit, formers: ReadonlyMap<string, Former[]>): void {
  const { card, version, cells } = edit
  if (!cells.some((cell) => cell.some(({ name }) => parts.has(name)))) return
  const made = meaningsOf({ ...card, version, lines: cells.flat() })
  for (const [at, cell] of cells.entries()) {
    cells[at] = cell.flatMap((line) => {
      const meaning = parts.has(line.name) ? made.get(line) : undefined
      if (meaning === undefined) return line
      const key = fingerprint(meaning)
      const former = formers.get(key)?.shift()
      const again = takeAll(formers, behind + key)
      const restored = (one: Former) => restoredLine(one, line, line, card.lineEnd)
      return [former ? restored(former) : line, ...again.map(restored)]
    })
  }
}

function canBeFurther(card: Card, line: Line): boolean {
  return line.name === 'BDAY' || canBeFurtherBirthday(card, line)
}

function takeAll(formers: ReadonlyMap<string, Former[]>, key: string): Former[] {
  return formers.get(key)?.splice(0) ?? []
}

/** @param converted the line in the version of the former one */
function restoredLine(
  { line: former, hasValue }: Former,
  line: Line,
  converted: Line,
  lineEnd: string,
): Line {
  const group = former.group === '' ? '' : line.group
  // Octets have another form in each version.
  const same = binaryProperties.has(line.name) ? converted : line
  const value = valueOf(hasValue ? former : same)
  return makeLine(group, spelling(former), former.params, value, lineEnd)
}

function readFormers({ lines }: Card): Former[] {
  return lines.flatMap((line) => {
    if (line.name !== formerLine) return []
    const [key = '', ...fields] = valueOf(line).trim().split(' ')
    const [header = '', value, label] = fields.map(decoded)
    const [former, ...others] = splitLines(`${header}:${value ?? ''}`)
    const isWhole = others.length === 0 && former?.valueAt === header.length + 1
    return isWhole && former.name !== ''
      ? [{ source: line, key, line: former, hasValue: value !== undefined, label }]
      : []
  })
}

/** Programs remove a space at the end of a line. */
const emptyText = '%'

function encoded(text: string): string {
  return encodeURIComponent(text) || emptyText
}

function decoded(text: string): string {
  if (text === emptyText) return ''
  try {
    return decodeURIComponent(text)
  } catch {
    return ''
  }
}
