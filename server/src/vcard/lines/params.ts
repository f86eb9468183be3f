import { remembered } from '../../book/remembered.ts'
import { maxParameters, VcardError } from '../vcard-error.ts'
import { decodeQuotedPrintable } from './quoted-printable.ts'

/** A parameter; `raw` is its text. A value without a name (vCard 2.1) has the name that it implies. */
export type Param = {
  readonly raw: string
  readonly name: string
  readonly values: readonly string[]
}

const bareNames = new Map([
  ['QUOTED-PRINTABLE', 'ENCODING'],
  ['BASE64', 'ENCODING'],
  ['B', 'ENCODING'],
  ['7BIT', 'ENCODING'],
  ['8BIT', 'ENCODING'],
  ['URL', 'VALUE'],
  ['URI', 'VALUE'],
  ['INLINE', 'VALUE'],
])

/** Reads `;NAME=value,"value"` (RFC 6350, 3.3). @param isEscaped whether RFC 6868 applies: in 4.0 */
export function readParams(text: string, isEscaped = false): readonly Param[] {
  if (text === '') return none
  return isEscaped ? readEscaped(text) : readPlain(text)
}

const none: readonly Param[] = []

const readPlain = remembered((text) => readAll(text, false))
const readEscaped = remembered((text) => readAll(text, true))

function readAll(text: string, isEscaped: boolean): readonly Param[] {
  const pieces = splitOutsideQuotes(text.slice(1), ';')
  if (pieces.length > maxParameters) throw new VcardError('too_many_parameters')
  return pieces.filter((raw) => raw !== '').map((raw) => readParam(raw, isEscaped))
}

/** The inverse of {@link readParams}. */
export function joinParams(params: readonly Param[]): string {
  return params.map(({ raw }) => `;${raw}`).join('')
}

/** A parameter to write. Its values must not hold quotes or line breaks, unless it `isEscaped`. */
export function makeParam(name: string, values: readonly string[], isEscaped = false): Param {
  const texts = values.map((value) => quote(isEscaped ? escape(value) : value))
  return { raw: `${name}=${texts.join(',')}`, name, values }
}

export function paramValue(params: readonly Param[], name: string): string | undefined {
  return params.find((param) => param.name === name)?.values[0]
}

function readParam(raw: string, isEscaped: boolean): Param {
  const custom = androidLabel(raw)
  if (custom !== null) return { raw, name: 'TYPE', values: [`X-${custom}`] }
  const equals = raw.indexOf('=')
  if (equals < 0) return readBareParam(raw)
  const name = raw.slice(0, equals).trim().toUpperCase()
  const text = raw.slice(equals + 1)
  if (!text.includes('"')) {
    // Some programs escape the comma of a list of types.
    const list = name === 'TYPE' ? text.replaceAll('\\,', ',') : text
    const values = list.includes(',') ? list.split(',') : [list]
    return { raw, name, values: isEscaped && text.includes('^') ? values.map(unescape) : values }
  }
  const unquoted = splitOutsideQuotes(text, ',').map((value) => value.replaceAll('"', ''))
  // RFC 6350 itself writes two types as TYPE="voice,home".
  const values = name === 'TYPE' ? unquoted.flatMap((value) => value.split(',')) : unquoted
  return { raw, name, values: isEscaped ? values.map(unescape) : values }
}

/** Reads a value without a name; `TYPE` alone names no type. */
function readBareParam(raw: string): Param {
  const value = raw.trim()
  const name = bareNames.get(value.toUpperCase()) ?? 'TYPE'
  if (value.toUpperCase() === 'TYPE') return { raw, name, values: [] }
  return { raw, name, values: value.split(',') }
}

/** The label that older Android writes as `X-CUSTOM(CHARSET=UTF-8,ENCODING=QUOTED-PRINTABLE,=42=C3=BC)`. */
function androidLabel(raw: string): string | null {
  const inner = /^\s*X-CUSTOM\((.{0,2000})\)\s*$/is.exec(raw)?.[1]
  if (inner === undefined) return null
  const text = inner.replace(/^(?:(?:CHARSET|ENCODING)=[\w-]{1,40},)*/i, '')
  const charset = /(?:^|,)CHARSET=([\w-]{1,40})/i.exec(inner)?.[1]
  const label = /(?:^|,)ENCODING=QUOTED-PRINTABLE/i.test(inner)
    ? decodeQuotedPrintable(text, charset)
    : text
  // A parameter cannot hold quotes and control characters, and a comma would make it a list.
  return label.replaceAll(/[",\p{Cc}]+/gu, ' ').trim()
}

/** Whether a parameter has a name, as all have in 3.0 and 4.0. */
export function isNamed({ raw }: Param): boolean {
  return /^\s*[\w-]+\s*=/.test(raw)
}

function splitOutsideQuotes(text: string, separator: string): string[] {
  if (!text.includes('"')) return text.split(separator)
  const pieces: string[] = []
  let start = 0
  let isQuoted = false
  for (let at = 0; at < text.length; at++) {
    if (text[at] === '"') isQuoted = !isQuoted
    else if (text[at] === separator && !isQuoted) {
      pieces.push(text.slice(start, at))
      start = at + 1
    }
  }
  pieces.push(text.slice(start))
  return pieces
}

function quote(value: string): string {
  return /[:;,]/.test(value) ? `"${value}"` : value
}

// RFC 6868, 3.
const escapes = new Map([
  ['^', '^^'],
  ['\n', '^n'],
  ['"', "^'"],
])

function escape(value: string): string {
  return value.replaceAll(/[\^\n"]/g, (character) => escapes.get(character) ?? character)
}

/** Decodes the escapes of RFC 6868. */
export function unescape(value: string): string {
  return value.replaceAll(/\^[n'^]/g, (pair) => (pair === '^n' ? '\n' : pair === '^^' ? '^' : '"'))
}
