import type { Contact } from '../../book/contact.ts'
import type { ListField } from '../../book/fields.ts'
import { addresses } from './address-list.ts'
import { dates } from './date-list.ts'
import type { Item, ListCodec } from './list-codec.ts'
import { messengers } from './messenger-list.ts'
import { serviceProperties } from './messengers.ts'
import { customFields, emails, links, phones, relations } from './text-lists.ts'

/** The lists of a contact, in the order in which a new card has them. */
export const codecs = {
  phones,
  emails,
  addresses,
  links,
  messengers,
  dates,
  relations,
  custom_fields: customFields,
} satisfies { [List in ListField]: ListCodec<Contact[List][number]> }
export type ListName = keyof typeof codecs

/** `label` is what the property itself says, whatever stands beside it. */
export type ListProperty = { list: ListName; label?: string | null }

/** Which properties fill which list: the standards', Apple's, and those of older programs. */
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
])

/** The properties that companions of Apple's groups are: alone, they say nothing. */
export const companions: ReadonlySet<string> = new Set(['X-ABLABEL', 'X-ABADR', 'X-ABORDER'])

/** A codec whose item type is no longer known; it is given only items of its own list. */
export function codecOf(list: ListName): ListCodec<Item> {
  return codecs[list]
}
