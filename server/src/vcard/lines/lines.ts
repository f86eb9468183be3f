import { remembered } from '../../book/remembered.ts'
import { foldLine } from './fold-line.ts'
import { colonOf, contentLineEnd } from './line-scan.ts'
import { isKnownName, propertiesOfOneLine } from './property-names.ts'
import { outsideQuotes, saysQuotedPrintable } from './quoted-printable.ts'

/** A content line (RFC 6350, 3.3). A line that is none (blank, no colon) has an empty name. */
export type Line = {
  /** The line exactly as in the text, with folds and line end. */
  raw: string
  /** The group as written; '' if there is none. */
  group: string
  /** The name of the property, in upper case. */
  name: string
  /** The parameters from the first `;` up to the colon, unfolded. */
  params: string
  /** The index in `raw` at which the value starts. */
  valueAt: number
  /** The text of a value in base64 (vCard 2.1, 2.1.3), with its escapes. */
  decoded?: string
}

let latest: { text: string; lines: readonly Line[] } | undefined

/**
 * Splits a text without loss: {@link joinLines} restores every character. The lines of the latest text are
 * kept: a card is read, compared and changed in a row.
 */
export function splitLines(text: string): Line[] {
  if (latest?.text !== text) latest = { text, lines: linesIn(text) }
  return [...latest.lines]
}

function linesIn(text: string): Line[] {
  // Only files from before Mac OS X end their lines with CR alone.
  const lineEnd = text.includes('\n') ? '\n' : '\r'
  const lines: Line[] = []
  for (let start = 0; start < text.length;) {
    const end = contentLineEnd(text, start, lineEnd)
    const line = readLine(text.slice(start, end))
    const before = lines.at(-1)
    if (before && continuesBinary(before, line)) {
      lines[lines.length - 1] = { ...before, raw: before.raw + line.raw }
    } else if (!continueText(lines, line)) {
      lines.push(line)
    }
    start = end
  }
  return lines
}

/** The inverse of {@link splitLines}. */
export function joinLines(lines: readonly Line[]): string {
  let text = ''
  for (const { raw } of lines) text += raw
  return text
}

// Some programs leave a line blank behind it, others fold as well.
const softBreak = /=(?:\r{0,2}\n|\r)(?:[ \t]*(?:\r{0,2}\n|\r))*[ \t]?/g

/**
 * The value without folds and soft line breaks of quoted-printable, but with its escapes, and with the
 * line breaks of a text that some program did not escape, as LF.
 */
export function valueOf(line: Line): string {
  const { raw, valueAt } = line
  if (line.decoded !== undefined) return line.decoded
  let end = raw.length
  if (raw.charCodeAt(end - 1) === 10) end--
  // Some programs write two CR.
  while (end > valueAt && raw.charCodeAt(end - 1) === 13) end--
  const value = raw.slice(valueAt, end)
  if (!value.includes('\n') && !value.includes('\r')) return value
  const soft = saysQuotedPrintable(line.params) ? value.replaceAll(softBreak, '') : value
  return unfold(soft).replaceAll(/\r{0,2}\n|\r/g, '\n')
}

/** @param params as text, each with its `;` */
export function makeLine(
  group: string,
  name: string,
  params: string,
  value: string,
  lineEnd: string,
): Line {
  const header = (group === '' ? '' : `${group}.`) + name + params
  const raw = foldLine(`${header}:${value.replaceAll(/\r{0,2}\n|\r/g, '\\n')}`, lineEnd) + lineEnd
  return { raw, group, name: name.toUpperCase(), params, valueAt: colonOf(raw) + 1 }
}

/** The name of the property as it is written. */
export function spelling(line: Line): string {
  const header = unfold(line.raw.slice(0, line.valueAt)).trimStart()
  const start = line.group === '' ? 0 : line.group.length + 1
  return header.slice(start, start + line.name.length)
}

function readLine(raw: string): Line {
  const colon = colonOf(raw)
  if (colon < 0) return { raw, group: '', name: '', params: '', valueAt: raw.length }
  const { group, name, params } = readHeader(raw.slice(0, colon))
  return { raw, group, name, params, valueAt: colon + 1 }
}

const readHeader = remembered((text): Pick<Line, 'group' | 'name' | 'params'> => {
  const header = text.includes('\n') || text.includes('\r') ? unfold(text) : text
  const semicolon = header.indexOf(';')
  const params = semicolon < 0 ? '' : header.slice(semicolon)
  const name = (semicolon < 0 ? header : header.slice(0, semicolon)).trim()
  const dot = name.indexOf('.')
  const group = dot < 0 ? '' : name.slice(0, dot)
  return { group, name: name.slice(dot + 1).toUpperCase(), params }
})

function unfold(text: string): string {
  return text.replaceAll(/(?:\r{0,2}\n|\r)[ \t]/g, '')
}

/**
 * Adds a line that is no property to the text before it, in which some program did not escape a line
 * break, with the blank lines between the two.
 * @returns whether it belongs to a text
 */
function continueText(lines: Line[], line: Line): boolean {
  if (isKnownName(line.name) || isBlank(line)) return false
  const at = lines.findLastIndex((before) => !isBlank(before))
  const text = lines[at]
  if (!text || !isOpenText(text) || !(isNoProperty(line) || continuesNote(text, line))) return false
  const raw = lines.slice(at).reduce((all, before) => all + before.raw, '')
  lines.length = at
  lines.push({ ...text, raw: raw + line.raw })
  return true
}

function isBlank({ name, raw }: Line): boolean {
  return name === '' && raw.trim() === ''
}

function isOpenText({ name, params }: Line): boolean {
  return name !== '' && !propertiesOfOneLine.has(name) && !isBase64(params)
}

/** Whether a line has no name that a property could have. */
function isNoProperty({ name, raw, valueAt }: Line): boolean {
  return name === '' || !/^[!-~]+$/.test(raw.slice(0, valueAt).replace(/;[^]*/, '').trim())
}

/**
 * Whether a line with a colon rather is a line of a note: no standard knows its name, and it is written
 * as no program writes a property.
 */
function continuesNote(note: Line, line: Line): boolean {
  if (note.name !== 'NOTE' || line.group !== '' || line.params !== '') return false
  const name = spelling(line)
  const isLower = name !== name.toUpperCase() && spelling(note) === note.name
  const rest = line.raw.slice(line.valueAt)
  return isLower || !/^[A-Za-z]/.test(name) || /^(?:[ \t]|\/\/)/.test(rest)
}

const base64 = /(?:[;=]BASE64|;(?:ENCODING=)?B)(?:[;,]|$)/i

export function isBase64(params: string): boolean {
  return params !== '' && base64.test(outsideQuotes(params))
}

/** Some phones do not fold base64: its further lines begin without white space. */
function continuesBinary(before: Line, line: Line): boolean {
  if (line.name !== '' || !isBase64(before.params)) return false
  return /^[A-Za-z0-9+/]+={0,2}\r?\n?$/.test(line.raw)
}
