import Type, { type Static, type TOptional, type TSchema, type TUnsafe } from 'typebox'
import {
  firstValueTable,
  lists,
  otherTextFields,
  recordOf,
  rulesOfList,
  rulesOfText,
  type ItemOf,
  type ListField,
  type TextFieldRules,
} from '../book/fields.ts'

const maxNameLength = 200
const maxListLength = 100
/** Nothing in a contact is longer. */
const maxCardLength = 1024 * 1024

/** What may be sent of a contact, with the limits of a new one or with those of any. */
function fieldsOf(isNew: boolean) {
  const upTo = (length: number) => (isNew ? length : maxCardLength)

  /** A field that may be absent, null or empty: all three mean that the contact has none. */
  function field(rules: TextFieldRules) {
    const { maxLength, example, format, description } = rules
    const schema = {
      type: ['string', 'null'],
      maxLength: upTo(maxLength),
      examples: [example],
      ...(isNew && format && { format }),
      ...(description && { description }),
    }
    return Type.Optional(Type.Unsafe<string | null>(schema))
  }
  /** A text of an item in a list: what is absent, null or empty is missing. */
  function part(maxLength: number) {
    const schema = { type: ['string', 'null'], maxLength: upTo(maxLength) }
    return Type.Optional(Type.Unsafe<string | null>(schema))
  }
  function value(maxLength: number) {
    return Type.String({ minLength: 1, maxLength: upTo(maxLength) })
  }
  function item<T extends Record<string, TSchema>>(parts: T) {
    return Type.Object({ label: part(maxNameLength), ...parts }, { additionalProperties: false })
  }
  const itemSchemas = {
    value: (maxLength: number) => item({ value: value(maxLength) }),
    address: (maxLength: number) =>
      item({
        street: part(maxLength),
        extended: part(maxLength),
        po_box: part(maxLength),
        city: part(maxLength),
        region: part(maxLength),
        postal_code: part(maxLength),
        country: part(maxLength),
      }),
    messenger: (maxLength: number) =>
      item({ service: part(maxNameLength), value: value(maxLength) }),
  }
  type Sent<List extends ListField> = Static<ReturnType<(typeof itemSchemas)[ItemOf<List>]>>

  /** A list that may be absent, null or empty; it is replaced as a whole. */
  function list<Item>(items: TSchema, example: unknown[], description: string) {
    const limit = isNew ? { maxItems: maxListLength } : {}
    const schema = { type: ['array', 'null'], ...limit, items, examples: [example], description }
    return Type.Optional(Type.Unsafe<Item[] | null>(schema))
  }
  function listField(name: ListField) {
    const { item, maxLength, example, description, requestDescription } = rulesOfList(name)
    return list(itemSchemas[item](maxLength), example, requestDescription ?? description)
  }
  type Lists = { [List in ListField]: TOptional<TUnsafe<Sent<List>[] | null>> }

  return {
    first_name: field(rulesOfText('first_name')),
    last_name: field(rulesOfText('last_name')),
    email: field(firstValueTable.email),
    phone: field(firstValueTable.phone),
    birthday: field(rulesOfText('birthday')),
    additional_data: field(rulesOfText('additional_data')),
    ...recordOf(otherTextFields, (name) => field(rulesOfText(name))),
    ...(recordOf(lists, listField) as Lists),
    label_ids: list<string>(Type.String({ format: 'uuid' }), [], 'The labels on it, by their ids.'),
  }
}

const someone =
  'It has at least a name (any part of one, a nickname or a company), an e-mail or a phone.'
const firsts = '`email` and `phone` write the first of `emails` and `phones` and leave the others.'
const limits =
  'What the contact says already may be sent back as it is; what is new has the formats and limits ' +
  'of a `NewContact`.'

export type NewContact = Static<typeof NewContact>
export const NewContact = Type.Object(fieldsOf(true), {
  $id: 'NewContact',
  additionalProperties: false,
  description: `A contact. ${someone} ${firsts}`,
})

export type ContactReplacement = Static<typeof ContactReplacement>
export const ContactReplacement = Type.Object(
  {
    ...fieldsOf(false),
    id: readOnly('Its id.'),
    created_at: readOnly('When it was made.'),
    updated_at: readOnly('When it was last changed.'),
    photo: readOnly('The path of its photo.'),
  },
  {
    $id: 'ContactReplacement',
    additionalProperties: false,
    description:
      `A contact, also one as it was read. ${someone} What is absent of \`first_name\`, ` +
      '`last_name`, `email`, `phone`, `birthday` and `additional_data` is cleared; of the other ' +
      `fields those change that are sent. ${firsts} ${limits}`,
  },
)

export type ContactPatch = Static<typeof ContactPatch>
export const ContactPatch = Type.Object(fieldsOf(false), {
  $id: 'ContactPatch',
  additionalProperties: false,
  description:
    'A JSON merge patch (RFC 7396): absent fields stay, null clears, lists are replaced as a ' +
    `whole. ${firsts} ${limits}`,
})

/** May be sent, as it was read, and changes nothing. */
function readOnly(description: string) {
  const schema = { type: ['string', 'null'], readOnly: true, description }
  return Type.Optional(Type.Unsafe<string | null>(schema))
}
