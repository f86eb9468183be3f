import { sourceOf, type Collected } from '../fields/collect.ts'
import { dateLineText, dateOf } from '../fields/date-list.ts'
import { linesOf, nameLine, partsOf, statedContact, text } from '../fields/person.ts'
import type { Card } from '../lines/card.ts'
import type { Line } from '../lines/lines.ts'
import { paramValue, readParams } from '../lines/params.ts'
import { birthdayOf, canBeFurtherBirthday } from './further-birthdays.ts'
import { kindLines } from './kind-lines.ts'
import { isStillForm } from './linked-forms.ts'
import { originalName, preservedAltId } from './preserved-forms.ts'

/**
 * The preserved lines of a card of 3.0 with the lines beside which they stand, none for what stands for itself.
 * A preserved line that is not among them has lost what it belongs to.
 */
export function hostsOf(card: Card, collected: Collected): Map<Line, Line[]> {
  const hosts = new Map<Line, Line[]>()
  const preserved = card.version === '3.0' ? card.lines.filter(isPreserved) : []
  if (preserved.length === 0) return hosts
  const findBirthday = birthdayFinder(card, collected)
  for (const line of preserved) {
    const found = hostOf(card, collected, line, findBirthday)
    if (found !== null && isStillForm(card, line, found)) hosts.set(line, found)
  }
  return hosts
}

function isPreserved(line: Line): boolean {
  return originalName(line) !== null
}

/** @returns null where it is gone */
function hostOf(
  card: Card,
  collected: Collected,
  line: Line,
  findBirthday: (line: Line) => Line | undefined,
): Line[] | null {
  const { singles } = collected
  const name = originalName(line)
  const has = (param: string) => paramOf(line, param) !== undefined
  if (name === 'XML' || name === 'CLIENTPIDMAP') return []
  if (name === 'KIND') return kindLines(card, collected).length === 0 ? [] : null
  if (name === 'SORT-AS') return orNull(sortStringOf(card, line))
  if (name === 'BDAY') return orNull(findBirthday(line))
  if (name === 'N' && has('PHONETIC')) return soundHosts(card, collected)
  if (name === 'N') return orNull(nameLine(card, singles))
  if (name === 'FN') return has('ALTID') ? orNull(linesOf(singles, 'FN')[0]) : []
  const altId = paramOf(line, 'ALTID')
  const isHost = (other: Line) =>
    // Of an ORG, programs would read further parameters as parts of its name.
    other.name === name && (name === 'ORG' || paramOf(other, preservedAltId) === altId)
  return orNull(card.lines.find(isHost))
}

function sortStringOf(card: Card, whole: Line): Line | undefined {
  const line = card.lines.find(({ name }) => name === 'SORT-STRING')
  const start = line ? text(card, line) : null
  return start !== null && text(card, whole)?.startsWith(start) ? line : undefined
}

function orNull(line: Line | undefined): Line[] | null {
  return line ? [line] : null
}

function paramOf(line: Line, name: string): string | undefined {
  return line.params === '' ? undefined : paramValue(readParams(line.params), name)
}

/**
 * The sound of a name stands in properties of its own, and beside these as long as they say what the first of
 * its forms says.
 */
function soundHosts(card: Card, collected: Collected): Line[] | null {
  const isSound = (line: Line) =>
    originalName(line) === 'N' && paramOf(line, 'PHONETIC') !== undefined
  const first = card.lines.find(isSound)
  const sound = partsOf(card, first && { ...first, name: 'N' })
  const stated = statedContact(card, collected)
  const isSame = soundProperties.every(({ field }, at) => stated[field] === (sound[at] ?? null))
  return isSame ? soundProperties.flatMap(({ name }) => linesOf(collected.singles, name)) : null
}

/** In the order of the components of N. */
const soundProperties = [
  { name: 'X-PHONETIC-LAST-NAME', field: 'phonetic_last_name' },
  { name: 'X-PHONETIC-FIRST-NAME', field: 'phonetic_first_name' },
  { name: 'X-PHONETIC-MIDDLE-NAME', field: 'phonetic_middle_name' },
] as const

/**
 * A further birthday stands among the other dates as well, each in a line of its own; one that is only another
 * form of the birthday stands beside that.
 */
function birthdayFinder(card: Card, { lists }: Collected) {
  const shown = Map.groupBy(
    lists.dates.filter(
      ({ at, item }) => card.lines[at]?.name === 'X-ABDATE' && item.label === 'birthday',
    ),
    ({ item }) => ('value' in item ? item.value : ''),
  )
  const birthday = birthdayOf(card)
  return (line: Line): Line | undefined => {
    if (!canBeFurtherBirthday(card, line)) return undefined
    const source = sourceOf(card, line)
    const date = dateOf(source)
    const entry = shown.get(date ?? dateLineText(source) ?? '')?.shift()
    if (entry) return card.lines[entry.at]
    const isOtherForm =
      birthday &&
      date !== null &&
      (date === dateOf(sourceOf(card, birthday)) || paramOf(line, 'ALTID') !== undefined)
    return isOtherForm ? birthday : undefined
  }
}
