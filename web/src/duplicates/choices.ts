import { lists, type ListField } from '@kith/server/book/fields'
import type { ContactAnswer } from '@kith/server/contacts/schema'
import type { MergeRequest } from '@kith/server/merges/schema'

type Fields = NonNullable<MergeRequest['fields']>

/** The texts that only one of the contacts can give to what they become; a name is one of them. */
const singles = {
  name: ['prefix', 'first_name', 'middle_name', 'last_name', 'suffix'],
  company: ['company'],
  department: ['department'],
  job_title: ['job_title'],
  birthday: ['birthday'],
} as const
export type Single = keyof typeof singles
export const singleNames = Object.keys(singles) as Single[]

/** One of several values: `text` as it is shown, from the contact of that id. */
export type Option = { text: string; from: string }
export type Choice = { single: Single; options: Option[] }

/** What was chosen: of single values whose it is, of lists the values that are left out. */
export type Chosen = { singles: Partial<Record<Single, string>>; left: ReadonlySet<string> }

export const nothingChosen: Chosen = { singles: {}, left: new Set() }

/** Where the contacts say different things of which only one can stay. */
export function choicesOf(contacts: readonly ContactAnswer[]): Choice[] {
  return singleNames
    .map((single) => ({ single, options: optionsOf(single, contacts) }))
    .filter(({ options }) => options.length > 1)
}

/** The same value of several contacts is one option, of the first of them. */
function optionsOf(single: Single, contacts: readonly ContactAnswer[]): Option[] {
  const options = contacts.map((contact) => ({ text: textOf(single, contact), from: contact.id }))
  return options.filter(
    ({ text }, at) => text !== '' && options.findIndex((one) => one.text === text) === at,
  )
}

function textOf(single: Single, contact: ContactAnswer): string {
  return singles[single].flatMap((field) => contact[field] ?? []).join(' ')
}

/** Which option stands unless another one is chosen: that of the contact as it is suggested. */
export function initialOption({ single, options }: Choice, suggested: ContactAnswer): string {
  const text = textOf(single, suggested)
  const [first] = options
  return options.find((option) => option.text === text)?.from ?? first?.from ?? suggested.id
}

/** The single values that are chosen, as `fields` of a merge; none where all are as suggested. */
export function singleFields(
  chosen: Chosen['singles'],
  contacts: readonly ContactAnswer[],
): Fields {
  const fields: Fields = {}
  for (const single of singleNames) {
    const contact = contacts.find(({ id }) => id === chosen[single])
    if (!contact) continue
    for (const field of singles[single]) fields[field] = contact[field]
  }
  return fields
}

/** What tells a value of a list of the merged contact from the others. */
export function keyOf(list: ListField, value: ContactAnswer[ListField][number]): string {
  return `${list} ${JSON.stringify(value)}`
}

/** The values that stay: those of the joined contact without the ones that are left out. */
export function listFields(left: Chosen['left'], joined: ContactAnswer): Fields {
  if (left.size === 0) return {}
  const changed = lists.filter((list) => joined[list].some((value) => left.has(keyOf(list, value))))
  const entries = changed.map((list) => [
    list,
    joined[list].filter((value) => !left.has(keyOf(list, value))),
  ])
  return Object.fromEntries(entries) as Fields
}

/** All of a merge but the values that are left out, of which only the joined contact is known. */
export function mergeRequest(
  contacts: readonly ContactAnswer[],
  into: string,
  fields: Fields,
): MergeRequest {
  return {
    into,
    ids: contacts.map(({ id }) => id).filter((id) => id !== into),
    ...(Object.keys(fields).length > 0 && { fields }),
    if_revisions: Object.fromEntries(contacts.map(({ id, revision }) => [id, revision])),
  }
}
