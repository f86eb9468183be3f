import Type, { type Static, type TSchema } from 'typebox'
import { nullable, ref } from '../http/schemas.ts'
import { ada } from '../book/example.ts'

export type LabelledValueSchema = Static<typeof LabelledValueSchema>
export const LabelledValueSchema = Type.Object(
  {
    label: nullable('A known one in lower case, or your own.', ['work']),
    value: Type.String({ examples: ['ada@example.org'] }),
  },
  { $id: 'LabelledValue', description: 'A value and what it is for.' },
)

export const PostalAddress = Type.Object(
  {
    label: nullable('', ['home']),
    street: nullable('', ['12 St James’s Square']),
    extended: nullable('Apartment, building or floor.', ['2nd floor']),
    po_box: nullable('', [null]),
    city: nullable('', ['London']),
    region: nullable('', [null]),
    postal_code: nullable('', ['SW1Y 4JH']),
    country: nullable('', ['United Kingdom']),
  },
  { $id: 'PostalAddress', description: 'An address in its parts.' },
)

export const MessengerHandle = Type.Object(
  {
    label: nullable('', [null]),
    service: nullable('A known one in lower case, or as typed.', ['signal']),
    value: Type.String({ examples: ['+44 20 7946 0958'] }),
  },
  { $id: 'MessengerHandle', description: 'A handle or address in a messenger.' },
)

const stored = {
  id: Type.String({
    format: 'uuid',
    description: 'UUIDv7.',
    examples: ['01a20497-405b-7167-a9e2-939dbd06ad08'],
  }),
  first_name: nullable('', [ada.first_name]),
  last_name: nullable('', [ada.last_name]),
  email: nullable('', [ada.email]),
  phone: nullable('As typed.', [ada.phone]),
  birthday: nullable('`YYYY-MM-DD`, or `--MM-DD` without a year.', [ada.birthday]),
  additional_data: nullable('', [ada.additional_data]),
  created_at: Type.String({ format: 'date-time', examples: ['2026-11-22T18:40:00.000Z'] }),
  updated_at: Type.String({ format: 'date-time', examples: ['2026-11-22T18:40:00.000Z'] }),
}

const listOf = <T extends TSchema>(item: T, example: object[], description: string) =>
  Type.Array(ref(item), { description, examples: [example] })

/** What there is of a contact beyond the simple shape. */
const rest = {
  prefix: nullable('', [ada.prefix]),
  middle_name: nullable('', [ada.middle_name]),
  suffix: nullable('', [ada.suffix]),
  phonetic_first_name: nullable('', [ada.phonetic_first_name]),
  phonetic_middle_name: nullable('', [ada.phonetic_middle_name]),
  phonetic_last_name: nullable('', [ada.phonetic_last_name]),
  nickname: nullable('', [ada.nickname]),
  company: nullable('', [ada.company]),
  department: nullable('', [ada.department]),
  job_title: nullable('', [ada.job_title]),
  emails: listOf(LabelledValueSchema, ada.emails, 'The first is `email`.'),
  phones: listOf(LabelledValueSchema, ada.phones, 'The first is `phone`.'),
  addresses: listOf(PostalAddress, ada.addresses, 'Addresses in their parts.'),
  links: listOf(LabelledValueSchema, ada.links, 'Web addresses.'),
  messengers: listOf(MessengerHandle, ada.messengers, 'Handles in messengers.'),
  dates: listOf(
    LabelledValueSchema,
    ada.dates,
    'Days other than the birthday; also a birthday that is no date of the past.',
  ),
  relations: listOf(LabelledValueSchema, ada.relations, 'People they belong to.'),
  custom_fields: listOf(LabelledValueSchema, ada.custom_fields, 'What has no field here.'),
  label_ids: Type.Array(Type.String({ format: 'uuid' }), { description: 'The labels on it.' }),
}

const photo = nullable('The path of the photo, another one with every photo; null without one.', [
  '/api/contacts/01a20497-405b-7167-a9e2-939dbd06ad08/photo?v=9f86d081884c7d65',
])

export type SimpleContact = Static<typeof SimpleContact>
export const SimpleContact = Type.Object(stored, {
  $id: 'Contact',
  description: 'One of your contacts.',
})

export type ContactAnswer = Static<typeof ContactAnswer>
export const ContactAnswer = Type.Object(
  { ...stored, ...rest, photo },
  { $id: 'WholeContact', description: 'All there is of one of your contacts.' },
)

export const etagHeader = {
  ETag: { type: 'string', description: 'For If-Match and If-None-Match.' },
}

/** The answer of a call for one contact. */
export const contactResponse = (description: string) => ({
  ...ref(ContactAnswer),
  description,
  headers: etagHeader,
})

export type ListedContact = Static<typeof ListedContact>
export const ListedContact = Type.Object(
  { ...stored, ...Type.Partial(Type.Object({ ...rest, photo })).properties },
  {
    $id: 'ListedContact',
    description: 'One of your contacts; with `view=full` all there is of it.',
  },
)
