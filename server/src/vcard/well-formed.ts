import { parseDerivedCard, strayLines, type Card } from './lines/card.ts'
import { joinLines, makeLine, valueOf, type Line } from './lines/lines.ts'
import { upgradedLine } from './patch/upgrade.ts'
import { withDataUri } from './photo.ts'
import { plainVersion } from './plain-card.ts'

/**
 * The card in a form that other programs can read: from BEGIN to END, and in 3.0 and 4.0 with nothing
 * but properties between them (RFC 6350, 3.3). A text that is in this form already is returned
 * unchanged; in others, all valid lines keep every octet.
 * @throws {VcardError}
 */
export function wellFormed(text: string): string {
  return plainVersion(text) === null ? mended(text) : text
}

/** The same, whatever the card looks like at first sight. */
export function mended(text: string): string {
  const card = parseDerivedCard(text)
  const stray = strayLines(card)
  const isModern = card.version === '3.0' || card.version === '4.0'
  const lines = card.lines.slice(card.begin + 1, card.end).flatMap((line) => {
    if (stray.has(line)) return isModern || isFrame(line) ? [] : line
    if (!isModern || line.name === '') return line
    const valid = isValid(line) ? line : upgradedLine(card, line)
    return card.version === '4.0' ? withDataUri(card, valid) : valid
  })
  const ended = withVersion(card, lines).map((line) => endedLine(card, line))
  return joinLines([
    frameLine(card, card.begin, 'BEGIN'),
    ...ended,
    frameLine(card, card.end, 'END'),
  ])
}

/** The lines with the version in its exact form, which in 4.0 stands first (RFC 6350, 6.7.9). */
function withVersion({ version, lineEnd }: Card, lines: Line[]): Line[] {
  const at = lines.findIndex(({ name }) => name === 'VERSION')
  const line = lines[at]
  if (!line || version === null) return lines
  const isExact = valueOf(line).trim() === version
  const exact = isExact ? line : makeLine('', 'VERSION', '', version, lineEnd)
  if (version === '4.0') return [exact, ...lines.slice(0, at), ...lines.slice(at + 1)]
  return lines.with(at, exact)
}

/** The line that begins or ends the card. */
function frameLine({ lines, lineEnd }: Card, at: number, name: 'BEGIN' | 'END'): Line {
  const line = lines[at]
  const isExact = line?.raw.trimEnd().toUpperCase() === `${name}:VCARD`
  return isExact && line ? line : makeLine('', name, '', 'VCARD', lineEnd)
}

/** Whether a stray line begins or ends something else, as `END:VCALENDAR` does. */
function isFrame({ raw }: Line): boolean {
  return /^(?:BEGIN|END)\s*:/i.test(raw)
}

const validParams = /^(?:;[\w-]+=(?:"[^"]*"|[^";])*)*$/

/** Whether each line break is a fold, each parameter has a name, and the text is not encoded. */
function isValid({ raw, params, decoded }: Line): boolean {
  if (decoded !== undefined || !validParams.test(params)) return false
  return !/(?:\n|\r(?!\r?\n))(?=[^ \t\r\n]|[ \t]*[\r\n])/.test(raw.trimEnd())
}

function endedLine({ lineEnd }: Card, line: Line): Line {
  return /[\r\n]$/.test(line.raw) ? line : { ...line, raw: line.raw + lineEnd }
}
