import { manyLines, oneLine } from '../../book/text.ts'
import { rankOf, sourceOf } from '../fields/collect.ts'
import { typesOf } from '../fields/label-forms.ts'
import { without } from '../fields/list-codec.ts'
import { textOf } from '../fields/text-lists.ts'
import type { Card } from '../lines/card.ts'
import { binaryProperties } from '../lines/encoded-text.ts'
import { valueOf, type Line } from '../lines/lines.ts'
import { makeParam, paramValue, unescape, type Param } from '../lines/params.ts'
import { readText, writeUri } from '../lines/text-value.ts'
import { changedLine, newLine, type CardEdit } from '../patch/card-edit.ts'
import { withoutPreference } from '../patch/preference.ts'
import { readBinaryLine } from '../photo.ts'
import {
  numberForm,
  originalName,
  preservedAltId,
  restoredLine,
  restoredParam,
  altIdOf,
} from './preserved-forms.ts'
import type { PrintedAddresses } from './printed-address.ts'
import { mediaTypeOf, rewritten } from './rewritten-line.ts'

/**
 * Makes a function that converts lines of 3.0 to 4.0.
 * @param hosts the preserved lines that still belong to something
 */
export function toVersion4(
  edit: CardEdit,
  hosts: ReadonlyMap<Line, Line[]>,
  printed: PrintedAddresses,
): (line: Line) => Line[] {
  const altId = altIdOf(hosts.keys(), 'N')
  const sortAs = sortAsOf(edit.card, hosts)
  // What a restored line says as well.
  const repeated = new Set(
    [...hosts.values()].flat().filter(({ name }) => name.startsWith('X-PHONETIC-')),
  )
  const withForms = new Set([...hosts.values()].flat())
  const hasName = edit.card.lines.some(({ name }) => name === 'N')
  return (line) => {
    const { params } = sourceOf(edit.card, line)
    const value = valueOf(line)
    if (line.name === 'LABEL') {
      const isPart = printed.lines.has(line) || printed.orphans.has(line)
      return isPart ? [] : printedOnly(edit, line, rankOf(params) !== Infinity)
    }
    // Of a line that has lost its other forms, or was copied, it would say that it is one of another line.
    const linked = withForms.has(line) ? params : without(params, preservedAltId)
    const plain = without(linked, 'ENCODING', 'CHARSET').flatMap((param) => toParam4(line, param))
    const isPreferred = rankOf(params) !== Infinity
    const marked = isPreferred
      ? [...withoutPreference(plain, '4.0'), makeParam('PREF', ['1'])]
      : plain
    if (binaryProperties.has(line.name) && readBinaryLine(edit.card, line)?.kind === 'bytes') {
      return dataUri(edit, line, marked)
    }
    if (line.name === 'X-ADDRESSBOOKSERVER-KIND') return [newLine(edit, 'KIND', value)]
    if (line.name === 'X-ADDRESSBOOKSERVER-MEMBER') return [newLine(edit, 'MEMBER', value)]
    if (line.name === 'X-ABSHOWAS' && value.trim().toUpperCase() === 'COMPANY') {
      return [newLine(edit, 'KIND', 'org')]
    }
    if (line.name === 'TEL') return phone4(edit, line, marked)
    if (line.name === 'ADR') return address4(edit, line, marked, printed.byAddress.get(line))
    if (line.name === 'X-KITH-SORT-AS' || (line.name === 'SORT-STRING' && hasName)) return []
    if (repeated.has(line)) return []
    if (originalName(line) !== null) return hosts.has(line) ? [restoredLine(edit, line)] : []
    const all = line.name === 'N' ? [...marked, ...altId, ...sortAs] : marked
    return rewritten(edit, line, all, value4(line.name, value))
  }
}

/** What SORT-STRING (RFC 2426, 3.6.5) says, as the parameter of N that it is in 4.0. */
function sortAsOf(card: Card, hosts: ReadonlyMap<Line, Line[]>): Param[] {
  const whole = hosts.keys().find(({ name }) => name === 'X-KITH-SORT-AS')
  const line = whole ?? card.lines.find(({ name }) => name === 'SORT-STRING')
  const text = line && oneLine(textOf(sourceOf(card, line)))
  return text ? [makeParam('SORT-AS', [text], true)] : []
}

/** A number that was a URI is one again, unless something else stands there by now. */
function phone4(edit: CardEdit, line: Line, params: Param[]): Line[] {
  const plain = without(params, numberForm)
  const number = textOf(sourceOf(edit.card, line))
  const isUri = plain.length < params.length && /^[\w+().,;:=*#%&!~'@/?-]+$/.test(number)
  return isUri
    ? rewritten(edit, line, [makeParam('VALUE', ['uri']), ...plain], `tel:${number}`)
    : rewritten(edit, line, plain, valueOf(line))
}

/** An address with its printed form, and with the preserved components that 3.0 does not have. */
function address4(
  edit: CardEdit,
  line: Line,
  params: Param[],
  printed: string | undefined,
): Line[] {
  const preserved = paramValue(params, 'X-KITH-PARTS')
  const plain = without(params, 'X-KITH-PARTS')
  const all = printed ? [...plain, makeParam('LABEL', [printed], true)] : plain
  const added = preserved === undefined ? '' : `;${unescape(preserved)}`
  return rewritten(edit, line, all, valueOf(line) + added)
}

function dataUri(edit: CardEdit, line: Line, params: Param[]): Line[] {
  const data = readBinaryLine(edit.card, line)
  if (data?.kind !== 'bytes') return [line]
  const mediaType = mediaTypeOf(line.name, typesOf(params), data.mediaType)
  const value = `data:${mediaType};base64,${Buffer.from(data.bytes).toString('base64')}`
  return [changedLine(edit, line, { params: without(params, 'TYPE', 'VALUE'), value })]
}

/** An address that is known only in its printed form. */
function printedOnly(edit: CardEdit, line: Line, isPreferred: boolean): Line[] {
  const source = sourceOf(edit.card, line)
  const text = manyLines(textOf(source))
  if (text === null) return []
  const plain = without(source.params, 'LABEL').flatMap((param) => toParam4(line, param))
  const params = [
    ...withoutPreference(plain, '4.0'),
    ...(isPreferred ? [makeParam('PREF', ['1'])] : []),
    makeParam('LABEL', [text], true),
  ]
  return [newLine(edit, 'ADR', ';;;;;;', { params, group: line.group })]
}

export function toParam4(line: Line, param: Param): Param[] {
  const restored = restoredParam(param)
  if (restored) return [restored]
  if (param.name === 'TYPE') {
    const isDefault = (type: string) => line.name === 'EMAIL' && /^internet$/i.test(type)
    const values = param.values.filter((type) => !isDefault(type))
    if (values.length < param.values.length) {
      return values.length > 0 ? [makeParam('TYPE', values, true)] : []
    }
  }
  const isNamed = param.raw.includes('=')
  if (param.name === 'VALUE' && /^(?:phone-number|binary|inline)$/i.test(param.values[0] ?? '')) {
    return []
  }
  return [isNamed && !param.raw.includes('^') ? param : makeParam(param.name, param.values, true)]
}

function value4(name: string, value: string): string {
  const geo = name === 'GEO' ? /^(-?[\d.]{1,20})(?:;|\\?,)(-?[\d.]{1,20})$/.exec(value) : null
  if (geo) return `geo:${geo[1]},${geo[2]}`
  // Some programs escape a URI as if it were text.
  if (name === 'URL' && value.includes('\\')) return writeUri(readText(value))
  if (name === 'ANNIVERSARY' && /^\d{4}-\d\d-\d\d$/.test(value)) return value.replaceAll('-', '')
  const isStamp = name === 'REV' && /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d/.test(value)
  return isStamp ? value.replaceAll(/[:-]/g, '').replace(/\.\d+/, '') : value
}
