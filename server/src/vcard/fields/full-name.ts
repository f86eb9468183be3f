import type { Contact } from '../../book/contact.ts'

/** The full name of a contact of which nothing is known that could be one: FN is never empty. */
export const noName = 'No name'

type Name = Pick<Contact, 'prefix' | 'first_name' | 'middle_name' | 'last_name' | 'suffix'>

/** The parts of a name in the orders in which programs and people compose a full name of them. */
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
 * A full name after a change of the name, composed in the same order.
 * @returns null for one that was not composed of the name: somebody chose it
 */
export function recomposed(fullName: string, before: Name, after: Name): string | null {
  const written = words(...fullName.split(/\s+/))
  const compose = compositions.find((compose) => compose(before) === written)
  return compose ? compose(after) : null
}

/** The full name to write (FN, RFC 6350, 6.2.1): never empty. */
export function fullName(contact: Contact): string {
  const { prefix, first_name, middle_name, last_name, suffix } = contact
  const name = words(prefix, first_name, middle_name, last_name, suffix)
  return name || stands(contact).find((text) => text !== null) || noName
}

/** Whether a full name only repeats what stands elsewhere in the card, and names nobody. */
export function isStandIn(fullName: string, contact: Contact): boolean {
  return fullName === noName || stands(contact).includes(fullName)
}

export function hasName(contact: Contact): boolean {
  const { prefix, first_name, middle_name, last_name, suffix } = contact
  return [prefix, first_name, middle_name, last_name, suffix].some((part) => part !== null)
}

/**
 * Adds what only the full name tells: the name, or that of an organisation. In a name of plain words
 * the last one is the last name; others are not taken apart.
 */
export function withFullName(stated: Contact, fullName: string | null, isOrg: boolean) {
  if (fullName === null || hasName(stated) || isStandIn(fullName, stated)) return stated
  if (isOrg) return stated.company === null ? { ...stated, company: fullName } : stated
  const space = fullName.lastIndexOf(' ')
  if (space < 0 || /(?!['.’-])[\p{Nd}\p{P}]/u.test(fullName))
    return { ...stated, first_name: fullName }
  const first_name = fullName.slice(0, space).trim()
  return { ...stated, first_name, last_name: fullName.slice(space + 1) }
}

/** What stands in for a name, the best first. */
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
