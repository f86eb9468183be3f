import type { Contact } from '../../book/contact.ts'
import { androidCustom } from '../fields/android-custom.ts'
import { sourceOf, type Collected } from '../fields/collect.ts'
import { without } from '../fields/list-codec.ts'
import { filledLine, firstText, linesOf, nameLines, nameParts, partsOf } from '../fields/person.ts'
import { soundLine, text } from '../fields/person.ts'
import { textProperties } from '../fields/text-properties.ts'
import { valueOf, type Line } from '../lines/lines.ts'
import { splitValue, writeText } from '../lines/text-value.ts'
import { changedLine, newLine, removeLine, replaceLine, type CardEdit } from './card-edit.ts'
import { patchBirthday } from './patch-birthday.ts'

/**
 * Updates the lines of the name, the single texts and the birthday.
 * @param stated the fields that the card has already
 */
export function patchPerson(
  edit: CardEdit,
  collected: Collected,
  stated: Contact,
  wanted: Contact,
): void {
  const { card } = edit
  const { singles } = collected
  const lines = (name: string) => linesOf(singles, name)
  if (nameParts.some((key) => stated[key] !== wanted[key])) {
    const parts = nameParts.map((key) => wanted[key])
    setComponents(edit, 'N', nameLines(card, singles), parts)
    removeSortString(edit, stated, wanted)
  }
  const sound = soundLine(card, singles)
  for (const { name, field } of textProperties) {
    if (stated[field] === wanted[field]) continue
    const isElsewhere = sound && isSoundComponent(field) && firstText(card, lines(name)) === null
    if (!isElsewhere) setText(edit, name, lines(name), wanted[field])
  }
  if (sound && soundComponents.some((key) => stated[key] !== wanted[key])) {
    const others = partsOf(card, sound).slice(soundComponents.length, nameParts.length)
    setComponents(edit, 'N', [sound], [...soundComponents.map((key) => wanted[key]), ...others])
  }
  if (stated.nickname !== wanted.nickname) {
    for (const line of lines(androidCustom)) removeLine(edit, line)
    setSingleText(edit, 'NICKNAME', lines('NICKNAME'), wanted.nickname)
  }
  if (stated.company !== wanted.company || stated.department !== wanted.department) {
    const isSame = stated.department === wanted.department
    setComponents(
      edit,
      'ORG',
      lines('ORG'),
      [wanted.company],
      isSame ? undefined : [wanted.department],
    )
  }
  if (stated.birthday !== wanted.birthday) patchBirthday(edit, collected, wanted.birthday)
  if (stated.additional_data !== wanted.additional_data) {
    setSingleText(edit, 'NOTE', lines('NOTE'), wanted.additional_data)
  }
}

/** Removes the place in the order that was that of another last name; in 4.0 it stands in N itself. */
function removeSortString(edit: CardEdit, stated: Contact, wanted: Contact): void {
  if (stated.last_name === wanted.last_name) return
  for (const line of edit.card.lines) {
    if (line.name === 'SORT-STRING' || line.name === 'X-KITH-SORT-AS') removeLine(edit, line)
  }
}

/** The first components of an N that gives the sound of a name. */
const soundComponents = [
  'phonetic_last_name',
  'phonetic_first_name',
  'phonetic_middle_name',
] as const

function isSoundComponent(key: keyof Contact): boolean {
  return (soundComponents as readonly string[]).includes(key)
}

/** Sets the text of the first of some lines, or adds a line; null removes all of them. */
export function setText(
  edit: CardEdit,
  name: string,
  lines: readonly Line[],
  value: string | null,
): void {
  const { card } = edit
  const filled = lines.filter((line) => text(card, line) !== null)
  if (value === null) return filled.forEach((line) => removeLine(edit, line))
  const line = filled[0] ?? lines[0]
  if (!line) return addLine(edit, newLine(edit, name, writeText(value)))
  const params = without(sourceOf(card, line).params, 'ENCODING', 'CHARSET', 'VALUE')
  replaceLine(edit, line, changedLine(edit, line, { params, value: writeText(value) }))
}

/** Sets a text that is read from all lines of a property together: only one of them is kept. */
function setSingleText(edit: CardEdit, name: string, lines: readonly Line[], value: string | null) {
  const { card } = edit
  const [first, ...others] = lines.filter((line) => text(card, line) !== null)
  for (const line of others) removeLine(edit, line)
  setText(edit, name, first ? [first] : lines, value)
}

/** Sets the first components, and the further ones if given; unchanged ones are kept as written. */
function setComponents(
  edit: CardEdit,
  name: string,
  lines: readonly Line[],
  first: readonly (string | null)[],
  rest?: readonly (string | null)[],
): void {
  const { card } = edit
  const line = filledLine(card, lines) ?? lines[0]
  const old = line ? partsOf(card, line) : []
  const raw = line ? splitValue(valueOf(line), ';') : []
  const tail = rest
    ? rest.map((part) => writeText(part ?? ''))
    : raw.slice(first.length).map((part, at) => (isOutdated(old, first, at) ? '' : part))
  const written = first.map((part, at) =>
    old[at] === part && raw[at] !== undefined ? raw[at] : writeText(part ?? ''),
  )
  const whole = [...written, ...tail]
  const least = name === 'N' ? first.length : 0
  const all = whole.slice(0, Math.max(least, whole.findLastIndex((part) => part !== '') + 1))
  const isEmpty = all.every((part) => part === '')
  for (const other of lines) {
    const isOther = other !== line || (isEmpty && name !== 'N')
    if (isEmpty && isOther) removeLine(edit, other)
  }
  if (isEmpty && name !== 'N') return
  if (!line) return addLine(edit, newLine(edit, name, all.join(';')))
  const params = without(sourceOf(card, line).params, 'ENCODING', 'CHARSET', 'JSCOMPS', 'SORT-AS')
  replaceLine(edit, line, changedLine(edit, line, { params, value: all.join(';') }))
}

/** Adds names at the top of the card, where people expect them, and other lines at its end. */
function addLine(edit: CardEdit, line: Line): void {
  if (line.name !== 'N' && line.name !== 'FN') return void edit.tail.push(line)
  const version = edit.card.lines.findIndex(({ name }) => name === 'VERSION')
  edit.cells[version < 0 ? edit.card.begin : version]?.push(line)
}

/** The components of N that RFC 9554, 2.2, repeats after the first five: last names and suffixes. */
const repeatableComponents = [0, 4]

/** Whether a component after the first five repeats a name that was removed from these. */
function isOutdated(
  old: readonly (string | null)[],
  now: readonly (string | null)[],
  at: number,
): boolean {
  const part = repeatableComponents[at]
  const text = old[now.length + at]
  if (now.length !== nameParts.length || part === undefined || !text) return false
  return (old[part] ?? '').includes(text) && !(now[part] ?? '').includes(text)
}
