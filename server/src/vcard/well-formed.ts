import { parseDerivedCard, strayLines, type Card } from './lines/card.ts'
import { joinLines, makeLine, type Line } from './lines/lines.ts'
import { upgradedLine } from './patch/upgrade.ts'

/**
 * The card in a form that other programs can read: from BEGIN to END, and in 3.0 and 4.0 with nothing
 * but properties between them (RFC 6350, 3.3). A text that is in this form already is returned
 * unchanged; in others, all valid lines keep every octet.
 * @throws {VcardError}
 */
export function wellFormed(text: string): string {
  const card = parseDerivedCard(text)
  const stray = strayLines(card)
  const isModern = card.version === '3.0' || card.version === '4.0'
  const lines = card.lines.slice(card.begin + 1, card.end).flatMap((line) => {
    if (stray.has(line)) return isModern || isFrame(line) ? [] : line
    return isModern && line.name !== '' && !isValid(line) ? upgradedLine(card, line) : line
  })
  const ended = lines.map((line) => endedLine(card, line))
  return joinLines([
    frameLine(card, card.begin, 'BEGIN'),
    ...ended,
    frameLine(card, card.end, 'END'),
  ])
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

/** Whether each line break within a line is a fold, and its value in the encoding of its kind. */
function isValid({ raw, decoded }: Line): boolean {
  return (
    decoded === undefined && !/(?:\n|\r(?!\r?\n))(?=[^ \t\r\n]|[ \t]*[\r\n])/.test(raw.trimEnd())
  )
}

function endedLine({ lineEnd }: Card, line: Line): Line {
  return /[\r\n]$/.test(line.raw) ? line : { ...line, raw: line.raw + lineEnd }
}
