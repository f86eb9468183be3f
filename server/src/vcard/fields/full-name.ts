import type { Contact } from '../../book/contact.ts'

/** The full name of a contact without anything that could name it: FN is never empty. */
export const noName = 'No name'

type Name = Pick<Contact, 'prefix' | 'first_name' | 'middle_name' | 'last_name' | 'suffix'>

/** The orders in which programs and people put the parts of a name together. */
const orders: ((name: Name) => string)[] = [
  ({ first_name, middle_name, last_name }) => words(first_name, middle_name, last_name),
  ({ first_name, last_name }) => words(first_name, last_name),
  ({ first_name, middle_name, last_name }) => words(last_name, first_name, middle_name),
  ({ first_name, last_name }) => words(last_name, first_name),
  ({ first_name, middle_name, last_name }) => list(last_name, words(first_name, middle_name)),
  ({ first_name, last_name }) => list(last_name, words(first_name)),
  ({ first_name, last_name }) => `${last_name ?? ''}${first_name ?? ''}`,
  ({ first_name, middle_name }) => words(first_name, middle_name),
  ({ first_name }) => words(first_name),
  ({ last_name }) => words(last_name),
]
const compositions: ((name: Name) => string)[] = orders.flatMap((order) => [
  (name) => words(name.prefix, order(name), name.suffix),
  (name) => list(words(name.prefix, order(name)), name.suffix),
  order,
  (name) => words(order(name), name.suffix),
  (name) => list(order(name), name.suffix),
  (name) => words(name.prefix, order(name)),
])

/**
 * Composes a full name after a change of the name, in the order and letter case it had before.
 * @returns null if the full name was not composed of the name before, but chosen by somebody
 */
export function recomposed(fullName: string, before: Name, after: Name): string | null {
  const written = words(...fullName.split(/\s+/))
  const exact = compositions.find((compose) => compose(before) === written)
  if (exact) return exact(after)
  const key = looseKey(written)
  const loose = compositions.find((compose) => looseKey(compose(before)) === key)
  return loose ? (withPartsReplaced(written, before, after) ?? loose(after)) : null
}

/** Equal for texts that differ in letter case, commas and spaces only. */
function looseKey(text: string): string {
  return text.replaceAll(/[,\s]+/g, ' ').toLowerCase()
}

/** @returns null if a part was added or removed, or does not stand in the text as it is */
function withPartsReplaced(text: string, before: Name, after: Name): string | null {
  let replaced = text
  for (const part of parts) {
    const [old, wanted] = [before[part], after[part]]
    if (old === wanted) continue
    const at = old && wanted ? replaced.toLowerCase().indexOf(old.toLowerCase()) : -1
    if (at < 0 || !old || !wanted) return null
    const end = at + old.length
    const isUpper = replaced.slice(at, end) !== old && isUpperCase(replaced.slice(at, end))
    replaced =
      replaced.slice(0, at) + (isUpper ? wanted.toUpperCase() : wanted) + replaced.slice(end)
  }
  return replaced
}

const parts = ['prefix', 'first_name', 'middle_name', 'last_name', 'suffix'] as const

function isUpperCase(text: string): boolean {
  return text === text.toUpperCase()
}

/** The full name to write (FN, RFC 6350, 6.2.1): never empty. */
export function fullName(contact: Contact): string {
  const { prefix, first_name, middle_name, last_name, suffix } = contact
  const name = words(prefix, first_name, middle_name, last_name, suffix)
  return name || stands(contact).find((text) => text !== null) || noName
}

/** Whether a full name only repeats another value of the card, in place of a name. */
export function isStandIn(fullName: string, contact: Contact): boolean {
  return fullName === noName || stands(contact).includes(fullName)
}

export function hasName({ prefix, first_name, middle_name, last_name, suffix }: Name): boolean {
  return [prefix, first_name, middle_name, last_name, suffix].some((part) => part !== null)
}

/** What a card says of the one whose full name it has. */
export type NameContext = {
  isOrg: boolean
  /** Whether it has an N, be it an empty one. */
  hasNameLine: boolean
}

/**
 * Adds the name of the person or organisation if only the full name holds it. The last of several
 * plain words becomes the last name; a name with digits or punctuation is not split.
 */
export function withFullName(
  stated: Contact,
  fullName: string | null,
  { isOrg, hasNameLine }: NameContext,
): Contact {
  if (fullName === null || hasName(stated)) return stated
  // Only a card that has an N states that nobody is named so.
  if (isStandIn(fullName, hasNameLine ? stated : { ...stated, nickname: null })) return stated
  if (isOrg) return stated.company === null ? { ...stated, company: fullName } : stated
  const space = fullName.lastIndexOf(' ')
  if (space < 0 || /(?!['.’-])[\p{Nd}\p{P}]/u.test(fullName))
    return { ...stated, first_name: fullName }
  const first_name = fullName.slice(0, space).trim()
  return { ...stated, first_name, last_name: fullName.slice(space + 1) }
}

/** The values that can stand in for a name, the best first. */
function stands({ company, nickname, emails, phones }: Contact): (string | null)[] {
  return [company, nickname, ...emails.map(valueOf), ...phones.map(valueOf)]
}

function valueOf({ value }: { value: string }): string {
  return value
}

function words(...parts: (string | null)[]): string {
  return parts.filter(Boolean).join(' ')
}

function list(...parts: (string | null)[]): string {
  return parts.filter(Boolean).join(', ')
}
