import type { Contact } from '../../book/contact.ts'
import { namesIn, type ListField } from '../../book/fields.ts'
import { addresses } from './address-list.ts'
import { customFields, shownProperties } from './custom-list.ts'
import { dates } from './date-list.ts'
import type { Item, ListCodec } from './list-codec.ts'
import { messengers } from './messenger-list.ts'
import { serviceProperties } from './messenger-services.ts'
import { emails, links, phones, relations } from './text-lists.ts'

/** The codec of each list of a contact, in the order in which a new card has the lists. */
const codecs = {
  phones,
  emails,
  addresses,
  links,
  messengers,
  dates,
  relations,
  custom_fields: customFields,
} satisfies { [List in ListField]: ListCodec<Contact[List][number]> }
/** All lists in that order. */
export const codedLists = namesIn(codecs)

/** `label` is the label that the property itself implies: TYPE and X-ABLabel are then ignored. */
export type ListProperty = { list: ListField; label?: string | null }

/** The list that each property belongs to: those of the standards, of Apple, and of older programs. */
export const listProperties: ReadonlyMap<string, ListProperty> = new Map<string, ListProperty>([
  ['TEL', { list: 'phones' }],
  ['EMAIL', { list: 'emails' }],
  ['ADR', { list: 'addresses' }],
  ['LABEL', { list: 'addresses' }],
  ['URL', { list: 'links' }],
  ['IMPP', { list: 'messengers' }],
  ...[...serviceProperties.keys()].map((name): [string, ListProperty] => [
    name,
    { list: 'messengers' },
  ]),
  ['X-MS-IMADDRESS', { list: 'messengers' }],
  ['SOCIALPROFILE', { list: 'messengers', label: null }],
  ['X-SOCIALPROFILE', { list: 'messengers', label: null }],
  ['X-ABDATE', { list: 'dates' }],
  ['BDAY', { list: 'dates', label: 'birthday' }],
  ['ANNIVERSARY', { list: 'dates', label: 'anniversary' }],
  ['X-ANNIVERSARY', { list: 'dates', label: 'anniversary' }],
  ['X-EVOLUTION-ANNIVERSARY', { list: 'dates', label: 'anniversary' }],
  ['X-KADDRESSBOOK-X-ANNIVERSARY', { list: 'dates', label: 'anniversary' }],
  ['X-MS-ANNIVERSARY', { list: 'dates', label: 'anniversary' }],
  ['RELATED', { list: 'relations' }],
  ['X-ABRELATEDNAMES', { list: 'relations' }],
  ['X-SPOUSE', { list: 'relations', label: 'spouse' }],
  ['X-EVOLUTION-SPOUSE', { list: 'relations', label: 'spouse' }],
  ['X-KADDRESSBOOK-X-SPOUSESNAME', { list: 'relations', label: 'spouse' }],
  ['X-MS-SPOUSE', { list: 'relations', label: 'spouse' }],
  ['X-MS-CHILD', { list: 'relations', label: 'child' }],
  ['X-MANAGER', { list: 'relations', label: 'manager' }],
  ['X-EVOLUTION-MANAGER', { list: 'relations', label: 'manager' }],
  ['X-KADDRESSBOOK-X-MANAGERSNAME', { list: 'relations', label: 'manager' }],
  ['X-MS-MANAGER', { list: 'relations', label: 'manager' }],
  ['X-ASSISTANT', { list: 'relations', label: 'assistant' }],
  ['X-EVOLUTION-ASSISTANT', { list: 'relations', label: 'assistant' }],
  ['X-KADDRESSBOOK-X-ASSISTANTSNAME', { list: 'relations', label: 'assistant' }],
  ['X-MS-ASSISTANT', { list: 'relations', label: 'assistant' }],
  ['X-KITH-FIELD', { list: 'custom_fields' }],
  ...shownProperties.map(({ name, label }): [string, ListProperty] => [
    name,
    { list: 'custom_fields', label },
  ]),
  ...[1, 2, 3, 4].map((number): [string, ListProperty] => [
    `X-CUSTOM${number}`,
    { list: 'custom_fields', label: `Custom ${number}` },
  ]),
])

/** Properties that only describe another one in the same group: without it, they mean nothing. */
export const companions: ReadonlySet<string> = new Set(['X-ABLABEL', 'X-ABADR', 'X-ABORDER'])

/** A codec without its item type: callers must pass only items of its list. */
export function codecOf(list: ListField): ListCodec<Item> {
  return codecs[list]
}

/** The properties among which the rank of one counts: those of its list, or only those of its name. */
export function rankingOf(name: string): string {
  const list = listProperties.get(name)?.list
  return list !== undefined && codecOf(list).isRanked ? list : name
}
