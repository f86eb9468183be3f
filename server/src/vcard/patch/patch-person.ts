import type { Contact } from '../../book/contact.ts'
import { changedLine, newLine, removeLine, replaceLine, type CardEdit } from './card-edit.ts'
import { sourceOf, type Collected } from '../fields/collect.ts'
import { valueOf, type Line } from '../lines/lines.ts'
import { without } from '../fields/list-codec.ts'
import { patchBirthday } from './patch-birthday.ts'
import { filledLine, firstText, linesOf, nameLines, nameParts, partsOf } from '../fields/person.ts'
import { soundLine, text } from '../fields/person.ts'
import { textProperties } from '../fields/text-properties.ts'
import { splitValue, writeText } from '../lines/text-value.ts'

/** Makes the lines of one property say other names, texts or another birthday. */
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
    setParts(edit, 'N', nameLines(card, singles), parts)
  }
  const sound = soundLine(card, singles)
  for (const { name, field } of textProperties) {
    if (stated[field] === wanted[field]) continue
    const isElsewhere = sound && isSoundPart(field) && firstText(card, lines(name)) === null
    if (!isElsewhere) setText(edit, name, lines(name), wanted[field])
  }
  if (sound && soundParts.some((key) => stated[key] !== wanted[key])) {
    const others = partsOf(card, sound).slice(soundParts.length, nameParts.length)
    setParts(edit, 'N', [sound], [...soundParts.map((key) => wanted[key]), ...others])
  }
  if (stated.nickname !== wanted.nickname) {
    setOnlyText(edit, 'NICKNAME', lines('NICKNAME'), wanted.nickname)
  }
  if (stated.company !== wanted.company || stated.department !== wanted.department) {
    const isSame = stated.department === wanted.department
    setParts(edit, 'ORG', lines('ORG'), [wanted.company], isSame ? undefined : [wanted.department])
  }
  if (stated.birthday !== wanted.birthday) patchBirthday(edit, collected, wanted.birthday)
  if (stated.additional_data !== wanted.additional_data) {
    setOnlyText(edit, 'NOTE', lines('NOTE'), wanted.additional_data)
  }
}

/** The parts of an N that gives the sound of a name, from the first. */
const soundParts = ['phonetic_last_name', 'phonetic_first_name', 'phonetic_middle_name'] as const

function isSoundPart(key: keyof Contact): boolean {
  return (soundParts as readonly string[]).includes(key)
}

/** Sets the first of some lines, or adds one. With null, all of them go. */
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

/** Where several lines are read as one text, one is left of them. */
function setOnlyText(edit: CardEdit, name: string, lines: readonly Line[], value: string | null) {
  const { card } = edit
  const [first, ...others] = lines.filter((line) => text(card, line) !== null)
  for (const line of others) removeLine(edit, line)
  setText(edit, name, first ? [first] : lines, value)
}

/** Sets components: those that stay keep the form they were written in. */
function setParts(
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

/** The names stand at the top, where people who look into a card expect them. */
function addLine(edit: CardEdit, line: Line): void {
  if (line.name !== 'N' && line.name !== 'FN') return void edit.tail.push(line)
  const version = edit.card.lines.findIndex(({ name }) => name === 'VERSION')
  edit.cells[version < 0 ? edit.card.begin : version]?.push(line)
}

/** The parts of a name that RFC 9554, 2.2, may repeat behind the five: last names, suffixes. */
const repeated = [0, 4]

/** Whether a part behind the five repeats some of a part that no longer says so. */
function isOutdated(
  old: readonly (string | null)[],
  now: readonly (string | null)[],
  at: number,
): boolean {
  const part = repeated[at]
  const text = old[now.length + at]
  if (now.length !== nameParts.length || part === undefined || !text) return false
  return (old[part] ?? '').includes(text) && !(now[part] ?? '').includes(text)
}
