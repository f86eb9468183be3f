import { oneLine } from '../../book/text.ts'
import { partOfAddress, printedForm } from '../fields/address-list.ts'
import { alternativesOf } from '../fields/alternatives.ts'
import { sourceOf, type Collected } from '../fields/collect.ts'
import { without, type Source } from '../fields/list-codec.ts'
import { linesOf } from '../fields/person.ts'
import { isTelUri, textOf } from '../fields/text-lists.ts'
import { binaryProperties } from '../lines/encoded-text.ts'
import { valueOf, type Line } from '../lines/lines.ts'
import { joinParams, makeParam, paramValue, type Param } from '../lines/params.ts'
import { splitValue, writeText } from '../lines/text-value.ts'
import { changedLine, newLine, type CardEdit } from '../patch/card-edit.ts'
import { withoutPreference } from '../patch/preference.ts'
import { readBinaryLine } from '../photo.ts'
import {
  preservedLine,
  preservedParam,
  preservedComponents,
  numberForm,
  isPreservedParam,
} from './preserved-forms.ts'
import { placesOf } from './ranks.ts'
import { rewritten, typeOfMediaType } from './rewritten-line.ts'

/** The parameters of RFC 6350 and RFC 9554 that 3.0 does not have. */
const only4: ReadonlySet<string> = new Set(
  (
    'ALTID PID PREF MEDIATYPE CALSCALE SORT-AS GEO TZ LABEL INDEX LEVEL CC AUTHOR AUTHOR-NAME ' +
    'CREATED DERIVED PHONETIC PROP-ID SCRIPT SERVICE-TYPE USERNAME JSCOMPS JSPTR'
  ).split(' '),
)

/** Makes a function that converts lines of 4.0 to 3.0. */
export function toVersion3(edit: CardEdit, { singles }: Collected): (line: Line) => Line[] {
  const placeOf = placesOf(edit.card)
  const alternatives = alternativesOf(edit.card)
  const others = new Set([...alternatives.values()].flat())
  const chosen = new Set(['N', 'FN'].map((name) => chosenLine(edit, linesOf(singles, name))))
  return (line) => {
    const source = sourceOf(edit.card, line)
    const { name } = line
    if (name === 'XML' || name === 'CLIENTPIDMAP') return [preservedLine(edit, line, placeOf(line))]
    if ((name === 'N' || name === 'FN') && !chosen.has(line))
      return [preservedLine(edit, line, placeOf(line))]
    if (others.has(line)) return [preservedLine(edit, line, placeOf(line))]
    const params = alternatives.has(line) ? source.params : without(source.params, 'ALTID')
    const kept = params.flatMap((param) => toParam3(line, param))
    // 3.0 can mark only one rank.
    const marked =
      placeOf(line) === 0 ? [...withoutPreference(kept, '3.0'), makeParam('TYPE', ['PREF'])] : kept
    return line3(edit, source, marked)
  }
}

function line3(edit: CardEdit, source: Source, params: Param[]): Line[] {
  const { line } = source
  const { name } = line
  const value = valueOf(line)
  if (binaryProperties.has(name)) return [binary3(edit, line, params)]
  if (name === 'TEL') return phone3(edit, source, params)
  if (name === 'KIND') return kind3(edit, line, value)
  if (name === 'MEMBER') return [newLine(edit, 'X-ADDRESSBOOKSERVER-MEMBER', value)]
  if (name === 'SOCIALPROFILE' || name === 'IMPP') {
    return [service3(edit, source, without(params, 'VALUE'))]
  }
  if (name === 'ADR') return address3(edit, source, params)
  if (name === 'URL' || name === 'UID') {
    return rewritten(edit, line, without(params, 'VALUE'), value)
  }
  const changed = rewritten(edit, line, params, value3(name, value))
  return name === 'N' ? [...changed, ...sortString(edit, source)] : changed
}

/** The order of a name, which is a property in 3.0 (RFC 2426, 3.6.5) and has one text there. */
function sortString(edit: CardEdit, { params }: Source): Line[] {
  const sortAs = params.find(({ name }) => name === 'SORT-AS')
  const [first = ''] = sortAs?.values.flatMap((value) => value.split(',')) ?? []
  if (!sortAs || first.trim() === '') return []
  const whole = sortAs.values.join(',')
  const preserved = whole === first ? [] : [newLine(edit, 'X-KITH-SORT-AS', writeText(whole))]
  return [newLine(edit, 'SORT-STRING', writeText(first.trim())), ...preserved]
}

function phone3(edit: CardEdit, source: Source, params: Param[]): Line[] {
  const { line } = source
  const isUri = /^ur[il]$/i.test(paramValue(params, 'VALUE') ?? '')
  const number = writeText(textOf(source).replace(/^tel:/i, ''))
  const value = isUri || isTelUri(source) ? number : valueOf(line)
  const plain = without(params, 'VALUE')
  const form = isUri && isTelUri(source) ? [makeParam(numberForm, ['uri'])] : []
  return rewritten(edit, line, [...plain, ...form], value)
}

/** The line that remains: 3.0 has one N and one FN, without alternatives (ALTID, RFC 6350, 5.4). */
function chosenLine({ card }: CardEdit, lines: readonly Line[]): Line | undefined {
  const isSound = (line: Line) => paramValue(sourceOf(card, line).params, 'PHONETIC') !== undefined
  const plain = lines.filter((line) => line.params === '' || !isSound(line))
  return plain.find((line) => /[^;\s]/.test(valueOf(line))) ?? plain[0] ?? lines[0]
}

export function toParam3(line: Line, param: Param): Param[] {
  if (only4.has(param.name)) return preservedParam(line, param)
  if (param.name === 'VALUE' && /^text$/i.test(param.values[0] ?? '')) return []
  // In 3.0 a quoted text is a single value, and quotes cannot be escaped.
  if (param.name === 'TYPE' && param.raw.includes('"')) {
    return param.values.map((type) => makeParam('TYPE', [type]))
  }
  if (!param.raw.includes('^')) return [param]
  const values = param.values.map((value) => value.replaceAll('"', "'").replaceAll('\n', ' '))
  return [makeParam(param.name, values)]
}

function value3(name: string, value: string): string {
  const geo = name === 'GEO' ? /^geo:(-?[\d.]{1,20})\\?,(-?[\d.]{1,20})/i.exec(value) : null
  if (geo) return `${geo[1]};${geo[2]}`
  // RFC 9554 adds components after the first five.
  return name === 'N' ? splitValue(value, ';').slice(0, 5).join(';') : value
}

function kind3(edit: CardEdit, line: Line, value: string): Line[] {
  const kind = value.trim().toLowerCase()
  // It is the default of 4.0 (RFC 6350, 6.1.4), which some programs state.
  if (kind === 'individual') return [preservedLine(edit, line, -1)]
  if (kind === 'org') return [newLine(edit, 'X-ABShowAs', 'COMPANY')]
  return kind === 'group' ? [newLine(edit, 'X-ADDRESSBOOKSERVER-KIND', 'group')] : [line]
}

function binary3(edit: CardEdit, line: Line, params: Param[]): Line {
  const data = readBinaryLine(edit.card, line)
  const plain = without(params, 'VALUE', 'ENCODING')
  if (data?.kind === 'bytes') {
    const base64 = Buffer.from(data.bytes).toString('base64')
    const type = typeOfMediaType(data.mediaType)
    const encoded = [makeParam('ENCODING', ['b']), makeParam('TYPE', [type])]
    return changedLine(edit, line, {
      params: [...without(plain, 'TYPE'), ...encoded],
      value: base64,
    })
  }
  const value = valueOf(line)
  const isUri = data?.kind === 'uri'
  return changedLine(edit, line, { params: isUri ? [...plain, asUri] : plain, value })
}

const asUri = makeParam('VALUE', ['uri'])

/** 3.0 has the service of IMPP in Apple's X-SERVICE-TYPE, and that of a social profile in TYPE. */
function service3(edit: CardEdit, { line, params }: Source, kept: Param[]): Line {
  const unquoted = (name: string) => paramValue(params, name)?.replaceAll(/["\n]/g, ' ')
  const service = unquoted('SERVICE-TYPE')
  const isProfile = line.name === 'SOCIALPROFILE'
  const name = isProfile ? 'X-SOCIALPROFILE' : 'IMPP'
  const added = service ? [makeParam(isProfile ? 'TYPE' : 'X-SERVICE-TYPE', [service])] : []
  const user = isProfile ? unquoted('USERNAME') : undefined
  const plain = isProfile ? withoutPlace(kept) : kept
  const all = user
    ? [...without(plain, 'X-KITH-USERNAME'), ...added, makeParam('X-USER', [user])]
    : [...plain, ...added]
  const isSame = !isProfile && joinParams(all) === line.params
  return isSame ? line : newLine(edit, name, valueOf(line), { params: all, group: line.group })
}

/** In a profile of 3.0, each type but the preference is a service. */
function withoutPlace(params: readonly Param[]): Param[] {
  return params.filter(
    ({ name, values }) => name !== 'TYPE' || values.some((type) => /^pref$/i.test(type)),
  )
}

/** An address, and a line for its printed form, which is a parameter in 4.0. */
function address3(edit: CardEdit, source: Source, params: Param[]): Line[] {
  const { line } = source
  const all = splitValue(valueOf(line), ';')
  const parts = all.slice(0, 7)
  const printed = printedForm(source)?.trim()
  const isEmpty = parts.every((part) => oneLine(part) === null)
  const isPrintedOnly = isEmpty && printed && all.length <= parts.length
  const isAlone = edit.card.lines.every((other) => other === line || other.name !== 'ADR')
  if (isPrintedOnly && !isAlone) {
    // Beside an ADR, a LABEL might be its printed form.
    return [changedLine(edit, line, { params, value: `;;${writeText(printed)};;;;` })]
  }
  const more = [...params, ...preservedComponents(all.slice(7))]
  const adr = isPrintedOnly ? [] : rewritten(edit, line, more, parts.join(';'))
  if (!printed) return adr
  const plain = params.filter((param) => !isPreservedParam(param))
  const labelParams = adr.length > 0 ? [...plain, partOfAddress] : plain
  return [
    ...adr,
    newLine(edit, 'LABEL', writeText(printed), { params: labelParams, group: line.group }),
  ]
}
