import Type, { type Static, type TArray, type TSchema, type TUnsafe } from 'typebox'
import {
  firstValueTable,
  lists,
  otherTextFields,
  recordOf,
  rulesOfList,
  rulesOfText,
  textFieldTable,
  type ItemOf,
  type ListField,
} from '../book/fields.ts'
import { nullable, ref } from '../http/schemas.ts'

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
  revision: Type.String({
    description: 'Another one with every change: what `ETag` says, without the quotes.',
    examples: ['m42'],
  }),
  first_name: nullable('', [textFieldTable.first_name.example]),
  last_name: nullable('', [textFieldTable.last_name.example]),
  email: nullable('', [firstValueTable.email.example]),
  phone: nullable('As typed.', [firstValueTable.phone.example]),
  birthday: nullable('`YYYY-MM-DD`, or `--MM-DD` without a year.', [
    textFieldTable.birthday.example,
  ]),
  additional_data: nullable('', [textFieldTable.additional_data.example]),
  created_at: Type.String({ format: 'date-time', examples: ['2026-11-22T18:40:00.000Z'] }),
  updated_at: Type.String({ format: 'date-time', examples: ['2026-11-22T18:40:00.000Z'] }),
}

const itemSchemas = {
  value: LabelledValueSchema,
  address: PostalAddress,
  messenger: MessengerHandle,
}

function listField(name: ListField) {
  const { item, description, example } = rulesOfList(name)
  return Type.Array(ref<TSchema>(itemSchemas[item]), { description, examples: [example] })
}
type Lists = { [List in ListField]: TArray<TUnsafe<Static<(typeof itemSchemas)[ItemOf<List>]>>> }

/** The fields of a contact beyond the simple shape. */
const rest = {
  ...recordOf(otherTextFields, (name) => {
    const { description = '', example } = rulesOfText(name)
    return nullable(description, [example])
  }),
  ...(recordOf(lists, listField) as Lists),
  label_ids: Type.Array(Type.String({ format: 'uuid' }), { description: 'The labels on it.' }),
}

const photo = nullable('The path of the photo, another one with every photo; null without one.', [
  '/api/contacts/01a20497-405b-7167-a9e2-939dbd06ad08/photo?v=9f86d081884c7d65',
])

export type SimpleContact = Static<typeof SimpleContact>
export const SimpleContact = Type.Object(stored, {
  $id: 'Contact',
  description: 'One of your contacts, in the simple shape.',
})

export type ContactAnswer = Static<typeof ContactAnswer>
export const ContactAnswer = Type.Object(
  { ...stored, ...rest, photo },
  { $id: 'WholeContact', description: 'All there is of one of your contacts.' },
)

export const OtherProperty = Type.Object(
  {
    name: Type.String({ description: 'In capitals.', examples: ['X-SKILL'] }),
    value: Type.String({
      description: 'As the vCard has it, at most 1,000 characters of it.',
      examples: ['Mathematics'],
    }),
  },
  { $id: 'OtherProperty', description: 'A line of a vCard that no field of a contact holds.' },
)

const match = Type.Optional(
  Type.Unsafe<'similar'>({
    type: 'string',
    enum: ['similar'],
    examples: ['similar'],
    description: 'Only of what is not written as searched for, but with one or two typos.',
  }),
)

export type FoundContact = Static<typeof FoundContact>
export const FoundContact = Type.Object(
  { ...stored, match },
  { $id: 'FoundContact', description: 'A hit of a search, in the simple shape.' },
)

export const FoundWholeContact = Type.Object(
  { ...stored, ...rest, photo, match },
  { $id: 'FoundWholeContact', description: 'All there is of a hit of a search.' },
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

/** What may stand against bringing a contact back to what it was. */
export const bringingBackCodes = [
  'not_found',
  'too_many_labels',
  'card_too_large',
  'busy',
  'validation_failed',
] as const
