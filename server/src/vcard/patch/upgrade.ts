import { sourceOf } from '../fields/collect.ts'
import { without } from '../fields/list-codec.ts'
import { listProperties } from '../fields/properties.ts'
import { textProperties } from '../fields/text-properties.ts'
import { parseDerivedCard, type Card } from '../lines/card.ts'
import { joinLines, makeLine, spelling, valueOf, type Line } from '../lines/lines.ts'
import { isNamed, joinParams, makeParam, type Param } from '../lines/params.ts'
import { decodeQuotedPrintable, saysQuotedPrintable } from '../lines/quoted-printable.ts'
import { readText, splitValue, writeText } from '../lines/text-value.ts'

/** The separators of structured values. */
const structured = new Map<string, ';' | ','>([
  ...(['N', 'ADR', 'ORG', 'GENDER'] as const).map((name): [string, ';'] => [name, ';']),
  ['CATEGORIES', ','],
  ['NICKNAME', ','],
])
const texts: ReadonlySet<string> = new Set([
  ...'FN NOTE ROLE LABEL EMAIL TEL UID X-ABLABEL SORT-STRING'.split(' '),
  ...textProperties.map(({ name }) => name),
])

/** The card in 3.0 or 4.0, without quoted-printable; the same card if it already is. */
export function inModernForm(card: Card): Card {
  const isModern = card.version === '3.0' || card.version === '4.0'
  if (isModern && !card.lines.some(isEncoded)) return card
  const nested = isModern ? [] : nestedCards(card)
  const lines = card.lines.flatMap((line, at) => {
    if (isModern) return isEncoded(line) ? upgradedLine(card, line) : line
    const isOwn = line.name !== '' || at === card.begin || at === card.end
    if (line.name === 'AGENT' && nested.length > 0) return agentLine(card, nested.shift() ?? [])
    return isOwn ? upgradedLine(card, line) : []
  })
  if (!isModern && !lines.some(({ name }) => name === 'VERSION')) {
    lines.splice(1, 0, makeLine('', 'VERSION', '', '3.0', card.lineEnd))
  }
  return parseDerivedCard(joinLines(lines))
}

/** Whether the text of a line is in quoted-printable or base64. */
function isEncoded({ params, decoded }: Line): boolean {
  return decoded !== undefined || saysQuotedPrintable(params)
}

/** A line of its own form in 3.0 or 4.0: without quoted-printable and bare parameters. */
export function upgradedLine(card: Card, line: Line): Line {
  const { lineEnd } = card
  if (line.name === '')
    return line.raw === '' || /[\r\n]$/.test(line.raw) ? line : endLine(card, line)
  if (line.name === 'VERSION' && card.version !== '4.0') {
    return makeLine(line.group, spelling(line), '', '3.0', lineEnd)
  }
  const { params } = sourceOf(card, line)
  const kept = without(params, 'ENCODING', 'CHARSET')
    .filter(({ values }) => values.length > 0)
    .map(named)
  if (line.decoded === undefined && params.some(isBase64)) {
    const value = valueOf(line).replaceAll(/\s+/g, '')
    const all = joinParams([makeParam('ENCODING', ['b']), ...kept])
    return makeLine(line.group, spelling(line), all, value, lineEnd)
  }
  return makeLine(line.group, spelling(line), joinParams(kept), upgradedValue(card, line), lineEnd)
}

/** The value with its texts escaped as in 3.0. */
function upgradedValue(card: Card, line: Line): string {
  const { coding } = sourceOf(card, line)
  const value = valueOf(line)
  const rewrite = (part: string) =>
    writeText(readText(part, coding).replaceAll(/\r\n?/g, '\n').replaceAll('\0', ''))
  if (line.name === 'GEO') return value.replace(/^\s*(-?[\d.]{1,20})\\?,/, '$1;')
  if (coding.isQuotedPrintable && !texts.has(line.name) && isUnknown(line.name)) {
    return decodeQuotedPrintable(value, coding.charset).replaceAll('\0', '')
  }
  const separator = structured.get(line.name)
  if (separator) return splitValue(value, separator).map(rewrite).join(separator)
  if (texts.has(line.name) || coding.isQuotedPrintable) return rewrite(value)
  return value
}

/** Whether only the program that wrote a property knows which of its characters separate values. */
function isUnknown(name: string): boolean {
  return name.startsWith('X-') && !listProperties.has(name)
}

/** In 3.0 every parameter has a name; 2.1 also knows bare values. */
function named(param: Param): Param {
  return isNamed(param) ? param : makeParam(param.name, param.values)
}

function isBase64({ name, values }: Param): boolean {
  return name === 'ENCODING' && values.some((value) => /^b(?:ase64)?$/i.test(value))
}

function endLine(card: Card, line: Line): Line {
  return { ...line, raw: line.raw + card.lineEnd }
}

/** The cards within AGENT, each as its lines (vCard 2.1). */
function nestedCards({ lines, begin, end }: Card): string[][] {
  const cards: string[][] = []
  let isInside = false
  for (const { name, raw } of lines.slice(begin + 1, end)) {
    if (name !== '') isInside = false
    if (name === 'AGENT') cards.push([])
    isInside ||= name === 'AGENT'
    if (isInside && name === '') cards.at(-1)?.push(raw.replace(/[\r\n]+$/, ''))
  }
  return cards
}

/** In 3.0 the agent's card is one text (RFC 2426, 3.5.4). */
function agentLine({ lineEnd }: Card, nested: string[]): Line {
  return makeLine('', 'AGENT', '', writeText(nested.join('\n').replaceAll('\r', '')), lineEnd)
}
