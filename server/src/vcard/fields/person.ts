import { emptyContact, type Contact } from '../../book/contact.ts'
import { lists as listFields, recordOf, type ListField, type TextField } from '../../book/fields.ts'
import { oneLine, manyLines } from '../../book/text.ts'
import type { Card } from '../lines/card.ts'
import { valueOf, type Line } from '../lines/lines.ts'
import { paramValue } from '../lines/params.ts'
import { readText, splitValue } from '../lines/text-value.ts'
import { androidCustom, readAndroidRow } from './android-custom.ts'
import { sourceOf, type Collected } from './collect.ts'
import { dateOf } from './date-list.ts'
import { textOf } from './text-lists.ts'
import { textProperties, type PropertyField } from './text-properties.ts'

/** The components of N in their order (RFC 6350, 6.2.2). */
export const nameParts = [
  'last_name',
  'first_name',
  'middle_name',
  'prefix',
  'suffix',
] as const satisfies TextField[]

type Texts = Pick<Contact, TextField>
type Lists = Pick<Contact, ListField>

/** The contact as the lines state it, without what is only concluded from them. */
export function statedContact(card: Card, { lists, singles }: Collected): Contact {
  const contact = {
    // Contacts are compared as JSON, for which the order of the fields counts.
    ...emptyContact(),
    ...propertyTexts(card, singles),
    ...composedTexts(card, singles),
    ...(recordOf(listFields, (list) => lists[list].map(({ item }) => item)) as Lists),
  }
  const sound = partsOf(card, soundLine(card, singles))
  contact.phonetic_last_name ??= sound[0] ?? null
  contact.phonetic_first_name ??= sound[1] ?? null
  contact.phonetic_middle_name ??= sound[2] ?? null
  return contact
}

function propertyTexts(card: Card, singles: Collected['singles']): Pick<Texts, PropertyField> {
  const texts: Partial<Texts> = {}
  for (const { name, field } of textProperties) {
    texts[field] = firstText(card, linesOf(singles, name))
  }
  return texts as Pick<Texts, PropertyField>
}

function composedTexts(card: Card, singles: Collected['singles']): Omit<Texts, PropertyField> {
  const lines = (name: string) => linesOf(singles, name)
  const [last_name, first_name, middle_name, prefix, suffix] = filledParts(
    card,
    nameLines(card, singles),
  )
  const [company, ...departments] = filledParts(card, lines('ORG'))
  const nicknames = [
    ...lines('NICKNAME').flatMap((line) => partsOf(card, line, ',')),
    ...lines(androidCustom).map((line) => androidNickname(card, line)),
  ]
  const notes = lines('NOTE').map((line) => manyLines(textOf(sourceOf(card, line))))
  return {
    prefix: prefix ?? null,
    first_name: first_name ?? null,
    middle_name: middle_name ?? null,
    last_name: last_name ?? null,
    suffix: suffix ?? null,
    nickname: [...new Set(nicknames.filter(isText))].join(', ') || null,
    company: company ?? null,
    department: departments.filter(isText).join(', ') || null,
    birthday: birthdayLines(card, singles)[0]?.date ?? null,
    additional_data: notes.filter(isText).join('\n\n') || null,
  }
}

function androidNickname(card: Card, line: Line): string | null {
  const row = readAndroidRow(sourceOf(card, line))
  return row?.field === 'nickname' ? row.text : null
}

export function linesOf(singles: Collected['singles'], name: string): readonly Line[] {
  return singles.get(name) ?? none
}

const none: readonly Line[] = []

/** The text of the first line that has one. */
export function firstText(card: Card, lines: readonly Line[]): string | null {
  for (const line of lines) {
    const found = text(card, line)
    if (found !== null) return found
  }
  return null
}

/** The N that holds the name; others may give its sound (RFC 9554, 4.6). */
export function nameLine(card: Card, singles: Collected['singles']): Line | undefined {
  return filledLine(card, nameLines(card, singles))
}

export function nameLines(card: Card, singles: Collected['singles']): readonly Line[] {
  const lines = linesOf(singles, 'N')
  return lines.length < 2 ? lines : lines.filter((line) => !isSound(card, line))
}

/** The N that gives the sound of the name (RFC 9554, 4.6). */
export function soundLine(card: Card, singles: Collected['singles']): Line | undefined {
  const lines = linesOf(singles, 'N')
  return lines.length < 2 ? undefined : lines.find((line) => isSound(card, line))
}

function isSound(card: Card, line: Line): boolean {
  return line.params !== '' && paramValue(sourceOf(card, line).params, 'PHONETIC') !== undefined
}

/** Each BDAY that is a date; the first is the birthday. */
export function birthdayLines(card: Card, singles: Collected['singles']) {
  return linesOf(singles, 'BDAY').flatMap((line) => {
    const date = dateOf(sourceOf(card, line))
    return date === null ? [] : [{ line, date }]
  })
}

/**
 * The components of N or ORG, or the texts of a comma-separated list. A component of N may itself be a
 * list (RFC 6350, 6.2.2), of which the words are joined.
 */
export function partsOf(
  card: Card,
  line: Line | undefined,
  separator: ';' | ',' = ';',
): (string | null)[] {
  if (!line) return []
  const { coding } = sourceOf(card, line)
  const isName = line.name === 'N' && (card.version === '3.0' || card.version === '4.0')
  return splitValue(valueOf(line), separator).map((part) =>
    part ? oneLine(readText(isName ? withoutCommas(part) : part, coding)) : null,
  )
}

/** A comma before a space stands in a text that was not escaped: `Smith, Jr.` is no list. */
function withoutCommas(part: string): string {
  if (!part.includes(',')) return part
  const [first = '', ...others] = splitValue(part, ',')
  const rest = others.filter((text) => text !== '')
  return first + rest.map((text) => (/^\s/.test(text) ? ',' : ' ') + text).join('')
}

/** The components of the first line that has any. */
function filledParts(card: Card, lines: readonly Line[]): (string | null)[] {
  for (const line of lines) {
    const parts = partsOf(card, line)
    if (parts.some(isText)) return parts
  }
  return []
}

export function filledLine(card: Card, lines: readonly Line[]): Line | undefined {
  return lines.find((line) => partsOf(card, line).some(isText))
}

export function text(card: Card, line: Line): string | null {
  return oneLine(textOf(sourceOf(card, line)))
}

export function isText(text: string | null | undefined): text is string {
  return typeof text === 'string'
}
