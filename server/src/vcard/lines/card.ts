import { maxCardBytes, maxLines, maxParameters, VcardError } from '../vcard-error.ts'
import { withDecodedText } from './encoded-text.ts'
import { isBegin, isEnd } from './line-scan.ts'
import { joinLines, splitLines, valueOf, type Line } from './lines.ts'
import { readParams } from './params.ts'

export type Version = '2.1' | '3.0' | '4.0'

/** The lines of one card. Lines around it, and those of cards nested in it, have an empty name. */
export type Card = {
  lines: Line[]
  /** The indexes of BEGIN and END; `end` is the number of lines if there is no END. */
  begin: number
  end: number
  version: Version | null
  lineEnd: string
}

/** Reads a text that holds one card. @throws {VcardError} if it holds none, several, or too much */
export function parseCard(text: string): Card {
  if (isTooLarge(text)) throw new VcardError('too_large')
  const lines = splitLines(text)
  if (lines.length > maxLines) throw new VcardError('too_many_lines')
  return cardOfLines(lines)
}

/**
 * Reads a text that was made of a card, and may be larger than a card that comes in: in another version
 * or folded anew, a card of almost 1 MiB becomes larger.
 * @throws {VcardError} if it holds no card, or several
 */
export function parseDerivedCard(text: string): Card {
  return cardOfLines(splitLines(text))
}

function cardOfLines(lines: Line[]): Card {
  const begin = lines.findIndex(({ name, raw }) => name.endsWith('BEGIN') && isBegin(raw))
  if (begin < 0) throw new VcardError('not_a_card')
  const end = isolateCard(lines, begin)
  for (const line of lines) {
    if (line.params.length > maxParameters) readParams(line.params)
  }
  lines.forEach((line, at) => {
    if (line.params !== '') lines[at] = withDecodedText(line)
  })
  const lineEnd = /\r{0,2}\n$|\r$/.exec(lines[begin]?.raw ?? '')?.[0] ?? '\r\n'
  return { lines, begin, end, version: versionOf(lines), lineEnd }
}

/** The inverse of {@link parseCard}. */
export function cardText(card: Card): string {
  return joinLines(card.lines)
}

/** The lines of a card that are no properties, and belong to no card that is nested in it. */
export function strayLines({ lines, begin, end }: Card): Set<Line> {
  const stray = new Set<Line>()
  let depth = 0
  for (const line of lines.slice(begin + 1, end)) {
    if (line.name !== '' && line.name !== 'BEGIN') continue
    if (isBegin(line.raw)) depth++
    if (depth === 0) stray.add(line)
    else if (isEnd(line.raw)) depth--
  }
  return stray
}

function isTooLarge(text: string): boolean {
  if (text.length * 3 <= maxCardBytes) return false
  return text.length > maxCardBytes || Buffer.byteLength(text) > maxCardBytes
}

/** Removes the names of all lines that are not properties of the card. @returns the index of END */
function isolateCard(lines: Line[], begin: number): number {
  let depth = 0
  let end = lines.length
  let isAfterAgent = false
  for (const [at, line] of lines.entries()) {
    const { name } = line
    const isOpening = at >= begin && name.endsWith('BEGIN') && isBegin(line.raw)
    if (isOpening && (end < at || (depth > 0 && !isAfterAgent))) {
      throw new VcardError('several_cards')
    }
    if (isOpening) depth++
    else if (depth > 0 && name === 'END' && isEnd(line.raw) && --depth === 0) end = at
    // A nested card follows the empty AGENT property (vCard 2.1, 2.5.2).
    if (name !== '') isAfterAgent = name === 'AGENT' && valueOf(line).trim() === ''
    const isOwn = depth === 1 && !isOpening && name !== 'END'
    if (!isOwn && name !== '') lines[at] = { ...line, name: '' }
  }
  return end
}

/** By its first digit: some programs write `3` or a release of their own. */
function versionOf(lines: readonly Line[]): Version | null {
  const line = lines.find(({ name }) => name === 'VERSION')
  const major = line && /^\s*([234])(?:\.\d{1,9}){0,4}\s*$/.exec(valueOf(line))?.[1]
  return versions.find((version) => major !== undefined && version.startsWith(major)) ?? null
}

const versions: readonly Version[] = ['2.1', '3.0', '4.0']
