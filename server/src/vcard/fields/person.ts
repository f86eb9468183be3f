import { oneLine, manyLines } from '../../book/text.ts'
import type { Contact } from '../../book/contact.ts'
import type { Card } from '../lines/card.ts'
import { sourceOf, type Collected, type Entry } from './collect.ts'
import { dateOf } from './date-list.ts'
import { valueOf, type Line } from '../lines/lines.ts'
import { paramValue } from '../lines/params.ts'
import { textOf } from './text-lists.ts'
import { readText, splitValue } from '../lines/text-value.ts'

/** The components of N in their order (RFC 6350, 6.2.2). */
export const nameParts = [
  'last_name',
  'first_name',
  'middle_name',
  'prefix',
  'suffix',
] as const satisfies (keyof Contact)[]

/** The fields that one property of text holds. Where there are several lines, the first counts. */
export const textFields = [
  ['X-PHONETIC-FIRST-NAME', 'phonetic_first_name'],
  ['X-PHONETIC-MIDDLE-NAME', 'phonetic_middle_name'],
  ['X-PHONETIC-LAST-NAME', 'phonetic_last_name'],
  ['TITLE', 'job_title'],
] as const satisfies [string, keyof Contact][]

/** What the lines say, and nothing that is only concluded from them. */
export function statedContact(card: Card, { lists, singles }: Collected): Contact {
  const lines = (name: string) => linesOf(singles, name)
  const first = (name: string) => firstText(card, lines(name))
  const name = partsOf(card, nameLine(card, singles))
  const [company = null, ...departments] = partsOf(card, filledLine(card, lines('ORG')))
  const sound = partsOf(card, soundLine(card, singles))
  const notes = lines('NOTE').map((line) => manyLines(textOf(sourceOf(card, line))))
  return {
    prefix: name[3] ?? null,
    first_name: name[1] ?? null,
    middle_name: name[2] ?? null,
    last_name: name[0] ?? null,
    suffix: name[4] ?? null,
    phonetic_first_name: first('X-PHONETIC-FIRST-NAME') ?? sound[1] ?? null,
    phonetic_middle_name: first('X-PHONETIC-MIDDLE-NAME') ?? sound[2] ?? null,
    phonetic_last_name: first('X-PHONETIC-LAST-NAME') ?? sound[0] ?? null,
    nickname:
      lines('NICKNAME')
        .flatMap((line) => partsOf(card, line, ','))
        .filter(isText)
        .join(', ') || null,
    company,
    department: departments.filter(isText).join(', ') || null,
    job_title: first('TITLE'),
    birthday: birthdayLines(card, singles)[0]?.date ?? null,
    additional_data: notes.filter(isText).join('\n\n') || null,
    emails: items(lists.emails),
    phones: items(lists.phones),
    addresses: items(lists.addresses),
    links: items(lists.links),
    messengers: items(lists.messengers),
    dates: items(lists.dates),
    relations: items(lists.relations),
    custom_fields: items(lists.custom_fields),
  }
}

export function linesOf(singles: Collected['singles'], name: string): readonly Line[] {
  return singles.get(name) ?? none
}

const none: readonly Line[] = []

/** The text of the first line that has any. */
export function firstText(card: Card, lines: readonly Line[]): string | null {
  for (const line of lines) {
    const found = text(card, line)
    if (found !== null) return found
  }
  return null
}

/** The N that names: others may give its sound, or write it in another script (RFC 9554, 4.6). */
export function nameLine(card: Card, singles: Collected['singles']): Line | undefined {
  return filledLine(card, nameLines(card, singles))
}

export function nameLines(card: Card, singles: Collected['singles']): readonly Line[] {
  const lines = linesOf(singles, 'N')
  return lines.length < 2 ? lines : lines.filter((line) => !isSound(card, line))
}

/** The N that gives the sound of another (RFC 9554, 4.6). */
export function soundLine(card: Card, singles: Collected['singles']): Line | undefined {
  const lines = linesOf(singles, 'N')
  return lines.length < 2 ? undefined : lines.find((line) => isSound(card, line))
}

function isSound(card: Card, line: Line): boolean {
  return line.params !== '' && paramValue(sourceOf(card, line).params, 'PHONETIC') !== undefined
}

/** Every BDAY that is a date; the first is the birthday. */
export function birthdayLines(card: Card, singles: Collected['singles']) {
  return linesOf(singles, 'BDAY').flatMap((line) => {
    const date = dateOf(sourceOf(card, line))
    return date === null ? [] : [{ line, date }]
  })
}

/** The components of N or ORG, or the texts of a list. */
export function partsOf(
  card: Card,
  line: Line | undefined,
  separator: ';' | ',' = ';',
): (string | null)[] {
  if (!line) return []
  const { coding } = sourceOf(card, line)
  return splitValue(valueOf(line), separator).map((part) =>
    part ? oneLine(readText(part, coding)) : null,
  )
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

function items<T>(entries: readonly Entry[]): T[] {
  return entries.map(({ item }) => item as T)
}
