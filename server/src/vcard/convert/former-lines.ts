import { hash } from 'node:crypto'
import { without } from '../fields/list-codec.ts'
import { cardText, type Card } from '../lines/card.ts'
import { binaryProperties } from '../lines/encoded-text.ts'
import { makeLine, spelling, splitLines, valueOf, type Line } from '../lines/lines.ts'
import { joinParams, makeParam, readParams } from '../lines/params.ts'
import { editCard, editedText, newLine, type CardEdit } from '../patch/card-edit.ts'
import { companionsOf } from '../patch/item-lines.ts'
import { meaningsOf } from './line-meaning.ts'
import { placesOf } from './ranks.ts'

/**
 * A line as it was in the version from which a card was converted, on a line of its own: iOS reads unknown
 * parameters as parts of names, and other programs ignore unknown properties.
 */
export const formerLine = 'X-KITH-FORMER'

/** A line with the lines that it became in another version. */
export type Conversion = { line: Line; became: readonly Line[] }

type Former = { key: string; line: Line; hasValue: boolean }

/**
 * Adds to a converted card the lines that its conversion back would not restore, each with the fingerprint of
 * what it became: where that comes back unchanged, the former line takes its place again.
 * @param back the converted card in the version of the original again
 */
export function withFormerLines(
  original: Card,
  converted: Card,
  back: Card,
  conversions: readonly Conversion[],
): string {
  const lost = lostLines(original, back)
  if (lost.size === 0) return cardText(converted)
  const edit = editCard(converted, converted.version === '4.0' ? '4.0' : '3.0')
  const meanings = meaningsOf(converted)
  const placeOf = placesOf(original)
  const byText = Map.groupBy(meanings.keys(), ({ raw }) => raw)
  for (const { line, became } of conversions) {
    const [successor] = lost.has(line) ? became.flatMap(({ raw }) => byText.get(raw) ?? []) : []
    const meaning = successor && meanings.get(successor)
    if (!successor || meaning === undefined) continue
    const header = headerOf(line, paramsAt(placeOf(line), line))
    const parts = isSameValue(line, successor) ? [header] : [header, valueOf(line)]
    edit.tail.push(newLine(edit, formerLine, written(meaning, parts)))
  }
  return editedText(edit)
}

function lostLines(original: Card, back: Card): Set<Line> {
  const left = Map.groupBy(meaningsOf(back), ([, meaning]) => meaning)
  const lost = new Set<Line>()
  for (const [line, meaning] of meaningsOf(original)) {
    const isOurs = line.name.startsWith('X-KITH-')
    if (left.get(meaning)?.pop() === undefined && !isOurs) lost.add(line)
  }
  return lost
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
function written(meaning: string, parts: readonly string[]): string {
  return [fingerprint(meaning), ...parts.map(encodeURIComponent)].join(' ')
}

/** The best rank is 1 in all that is converted back, whether or not it has a former line. */
function paramsAt(place: number, line: Line): string {
  const params = readParams(line.params)
  if (place !== 0 || !params.some(({ name }) => name === 'PREF')) return line.params
  return joinParams([...without(params, 'PREF'), makeParam('PREF', ['1'])])
}

function fingerprint(meaning: string): string {
  return hash('sha256', meaning).slice(0, 16)
}

/** Restores in a card that was converted back the former lines of what is unchanged. */
export function restoreFormerLines(edit: CardEdit): void {
  const { card } = edit
  const formers = Map.groupBy(readFormers(card), ({ key }) => key)
  if (formers.size === 0) return
  for (const [line, meaning] of meaningsOf(card)) {
    const former = formers.get(fingerprint(meaning))?.shift()
    if (former) restore(edit, line, former)
  }
}

function restore(edit: CardEdit, line: Line, { line: former, hasValue }: Former): void {
  const { card, cells } = edit
  const at = card.lines.indexOf(line)
  const converted = cells[at]?.[0] ?? line
  if (former.group === '') for (const companion of companionsOf(edit, at)) cells[companion] = []
  const group = former.group === '' ? '' : line.group
  // Octets have another form in each version.
  const same = binaryProperties.has(line.name) ? converted : line
  const value = valueOf(hasValue ? former : same)
  cells[at] = [makeLine(group, spelling(former), former.params, value, card.lineEnd)]
}

function readFormers({ lines }: Card): Former[] {
  return lines.flatMap((line) => {
    if (line.name !== formerLine) return []
    const [key = '', ...parts] = valueOf(line).trim().split(' ')
    const [header = '', value] = parts.map(decoded)
    const [former, ...others] = splitLines(`${header}:${value ?? ''}`)
    const isWhole = others.length === 0 && former?.valueAt === header.length + 1
    return isWhole && former.name !== ''
      ? [{ key, line: former, hasValue: value !== undefined }]
      : []
  })
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text)
  } catch {
    return ''
  }
}
