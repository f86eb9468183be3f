import { parseDerivedCard, type Card } from './lines/card.ts'
import { isBegin, isEnd } from './lines/line-scan.ts'
import { joinLines, makeLine, type Line } from './lines/lines.ts'

/**
 * The card in a form that other programs can read: from BEGIN to END, whatever the text is. A text
 * that is in this form already is returned unchanged; in others, all valid lines keep every octet.
 * @throws {VcardError}
 */
export function wellFormed(text: string): string {
  const card = parseDerivedCard(text)
  const lines = [frameLine(card, card.begin, 'BEGIN')]
  let depth = 0
  for (const line of card.lines.slice(card.begin + 1, card.end)) {
    // A card may be nested within AGENT (vCard 2.1, 2.5.2): its lines have no name.
    if (line.name === '' && isBegin(line.raw)) depth++
    if (depth > 0 || !isStrayFrame(line)) lines.push(endedLine(card, line))
    if (depth > 0 && line.name === '' && isEnd(line.raw)) depth--
  }
  lines.push(frameLine(card, card.end, 'END'))
  return joinLines(lines)
}

/** The line that begins or ends the card. */
function frameLine({ lines, lineEnd }: Card, at: number, name: 'BEGIN' | 'END'): Line {
  const line = lines[at]
  const isExact = line?.raw.trimEnd().toUpperCase() === `${name}:VCARD`
  return isExact && line ? line : makeLine('', name, '', 'VCARD', lineEnd)
}

/** Whether a line begins or ends something else, as `END:VCALENDAR` does. */
function isStrayFrame({ name, raw }: Line): boolean {
  return name === 'BEGIN' || (name === '' && /^(?:BEGIN|END)\s*:/i.test(raw))
}

function endedLine({ lineEnd }: Card, line: Line): Line {
  return /[\r\n]$/.test(line.raw) ? line : { ...line, raw: line.raw + lineEnd }
}
