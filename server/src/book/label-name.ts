import { fold } from './fold.ts'
import { oneLine, cutOctets } from './text.ts'

/** In Unicode characters. */
export const maxNameLength = 100

// Folded, a character can be many: what is longer than this does not fit into an index.
const maxKeyOctets = 2_000

/** A label's name in the form that cards give back; null where nothing of it is visible. */
export function labelName(text: string): string | null {
  const name = firstCharacters(oneLine(text) ?? '', maxNameLength).trim()
  return labelKey(name) === '' ? null : name
}

/** Names that read alike have the same key. */
export function labelKey(name: string): string {
  return cutOctets(fold(name), maxKeyOctets)
}

/** The key of the label that a card's category stands for; empty where it stands for none. */
export function categoryKey(category: string): string {
  return labelKey(labelName(category) ?? '')
}

/** The name of a label for one of several groups with the same name. */
export function numberedName(name: string, number: number): string {
  const suffix = ` ${number}`
  return firstCharacters(labelName(name) ?? '', maxNameLength - suffix.length).trim() + suffix
}

/** Whether a label is that of a group with this name, with a number behind it where there are several. */
export function isLabelOf(label: string, group: string): boolean {
  if (labelKey(label) === categoryKey(group)) return true
  const number = / (\d{1,3})$/.exec(label)?.[1]
  return number !== undefined && labelKey(label) === labelKey(numberedName(group, Number(number)))
}

function firstCharacters(text: string, count: number): string {
  return text.length <= count ? text : Array.from(text).slice(0, count).join('')
}
