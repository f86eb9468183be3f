import type { Address, LabelledValue, Messenger } from '../book/contact.ts'
import type { ListField, TextField } from '../book/fields.ts'

// The names and the order are Google's (Google Contacts, "Google CSV", 2026), which can thus import
// what we export.

/** The headers of our own columns, in their order. */
export const ownTextHeaders: Record<TextField, string> = {
  first_name: 'First Name',
  middle_name: 'Middle Name',
  last_name: 'Last Name',
  phonetic_first_name: 'Phonetic First Name',
  phonetic_middle_name: 'Phonetic Middle Name',
  phonetic_last_name: 'Phonetic Last Name',
  prefix: 'Name Prefix',
  suffix: 'Name Suffix',
  nickname: 'Nickname',
  company: 'Organization Name',
  job_title: 'Organization Title',
  department: 'Organization Department',
  birthday: 'Birthday',
  additional_data: 'Notes',
}

/** The beginning of the headers of each list: `Phone 2 - Label`. */
export const ownListHeaders: Record<ListField, string> = {
  emails: 'E-mail',
  phones: 'Phone',
  addresses: 'Address',
  links: 'Website',
  messengers: 'IM',
  dates: 'Event',
  relations: 'Relation',
  custom_fields: 'Custom Field',
}

/**
 * What the cards of contacts say that no field holds, by the names of the properties. An import takes
 * these for custom fields of contacts that are new to it.
 */
export const ownBeyondHeaders = { FN: 'vCard FN', ORG: 'vCard ORG', TITLE: 'vCard TITLE' }

export type BeyondTexts = Record<keyof typeof ownBeyondHeaders, string>

type PartHeaders<Item> = Record<keyof Item, string>
type ItemHeaders = {
  value: PartHeaders<LabelledValue>
  address: PartHeaders<Address>
  messenger: PartHeaders<Messenger>
}

/** The ends of these headers for each kind of item, in the order of the columns. */
export const ownPartHeaders: ItemHeaders = {
  value: { label: 'Label', value: 'Value' },
  address: {
    label: 'Label',
    street: 'Street',
    city: 'City',
    po_box: 'PO Box',
    region: 'Region',
    postal_code: 'Postal Code',
    country: 'Country',
    extended: 'Extended Address',
  },
  messenger: { label: 'Label', service: 'Service', value: 'Value' },
}
