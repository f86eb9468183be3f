import { emptyContact, emptyItems, type Contact } from '../../book/contact.ts'
import {
  firstValueFields,
  firstValueTable,
  lists,
  rulesOfList,
  textFields,
} from '../../book/fields.ts'
import { contactFormats } from '../../book/formats.ts'
import { birthdayLabel } from '../../contacts/birthday-as-date.ts'
import { ContactReplacement } from '../../contacts/body-schema.ts'
import { itemSchemas } from '../../contacts/item-schema.ts'
import { checkerOf } from '../../http/validation.ts'
import { canonicalContact, canonicalText } from '../../vcard/canonical.ts'
import { refused } from '../remarks/refused.ts'
import { textIn, textsIn, timeIn } from './json-members.ts'

/** A contact as an archive says it. */
export type ArchivedContact = {
  /** The id that it had. */
  id: string | null
  uid: string | null
  contact: Contact
  /** Whether it has any field beside its card. */
  hasFields: boolean
  card: string | null
  /** The names of its labels. */
  labels: string[]
  /** The colours of its labels, by their names. */
  colours: Map<string, string>
  createdAt: string | null
  updatedAt: string | null
  /** In the trash since then. */
  deletedAt: string | null
  /** How many of its revisions stand in the archive's history. */
  revisions: number
  /** The names of members that mean nothing to us. */
  unknown: string[]
}

type Members = Record<string, unknown>

const fieldNames = [...textFields, ...lists, ...firstValueFields]
const otherNames = [
  'id',
  'revision',
  'uid',
  'card',
  'labels',
  'label_ids',
  'label_colours',
  'photo',
  'created_at',
  'updated_at',
  'deleted_at',
  'revisions',
]
const knownNames: ReadonlySet<string> = new Set([...fieldNames, ...otherNames])

/** All members of a contact in an archive. */
export const memberNames: readonly string[] = [...fieldNames, ...otherNames]

const maxRevisions = 100_000

/** @throws {Refused} where a field is not what it must be */
export function archivedContact(members: Members): ArchivedContact {
  const labels = textsIn(members['labels'])
  const given = fieldNames.filter((name) => Object.hasOwn(members, name))
  return {
    id: textIn(members['id']),
    uid: textIn(members['uid']),
    contact: contactIn(members),
    hasFields: given.length > 0,
    card: cardIn(members['card']),
    labels,
    colours: coloursIn(labels, members['label_colours']),
    createdAt: timeIn(members['created_at']),
    updatedAt: timeIn(members['updated_at']),
    deletedAt: timeIn(members['deleted_at']),
    revisions: countIn(members['revisions']),
    unknown: Object.keys(members).filter((name) => !knownNames.has(name)),
  }
}

const check = checkerOf(ContactReplacement, contactFormats, itemSchemas)

/**
 * The fields of a contact, in canonical form.
 * @throws {Refused} where a field is not what it must be
 */
export function contactIn(members: Members): Contact {
  const fields = Object.fromEntries(
    fieldNames.flatMap((name) => (Object.hasOwn(members, name) ? [[name, members[name]]] : [])),
  )
  const [error] = check(fields, () => false)
  if (error) {
    const { pointer, detail: problem } = error
    throw refused('field_not_valid', { field: pointer.slice(1), problem })
  }
  return canonicalContact(withBirthday(withFirstValues(checkedContact(fields), fields)))
}

/** @param fields that were checked */
function checkedContact(fields: Members): Contact {
  const contact = emptyContact()
  for (const field of textFields) contact[field] = (fields[field] ?? null) as string | null
  for (const list of lists) {
    const items = (fields[list] ?? []) as object[]
    const { item } = rulesOfList(list)
    Object.assign(contact, { [list]: items.map((given) => ({ ...emptyItems[item], ...given })) })
  }
  return contact
}

/** The simple fields say something only where there are no lists. */
function withFirstValues(contact: Contact, fields: Members): Contact {
  const whole = { ...contact }
  for (const field of firstValueFields) {
    const { list } = firstValueTable[field]
    const value = fields[field]
    if (typeof value !== 'string' || contact[list].length > 0) continue
    whole[list] = [{ label: null, value }]
  }
  return whole
}

/** A birthday that is no day of the calendar stands among the dates. */
function withBirthday(contact: Contact): Contact {
  const { birthday: text, dates } = contact
  if (text === null || canonicalText('birthday', text) !== null) return contact
  const date = { label: birthdayLabel, value: text }
  return { ...contact, birthday: null, dates: [...dates, date] }
}

function coloursIn(labels: readonly string[], given: unknown): Map<string, string> {
  const colours = Array.isArray(given) ? (given as unknown[]) : []
  return new Map(
    labels.flatMap((name, at): [string, string][] => {
      const colour = colourIn(colours[at])
      return colour === null ? [] : [[name, colour]]
    }),
  )
}

export function colourIn(value: unknown): string | null {
  const isColour = typeof value === 'string' && contactFormats.colour.isValid(value)
  return isColour ? value.toLowerCase() : null
}

function cardIn(value: unknown): string | null {
  return typeof value === 'string' && value !== '' ? value : null
}

function countIn(value: unknown): number {
  const isCount = typeof value === 'number' && Number.isInteger(value) && value > 0
  return isCount && value <= maxRevisions ? value : 0
}
