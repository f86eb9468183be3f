import Type, { type Static, type TOptional, type TSchema, type TUnsafe } from 'typebox'
import {
  firstValueTable,
  lists,
  otherTextFields,
  recordOf,
  rulesOfList,
  rulesOfText,
  type ListField,
  type TextFieldRules,
} from '../book/fields.ts'
import { ref } from '../http/schemas.ts'
import { changedItems, maxCardLength, newItems, type SentItem } from './item-schema.ts'

const maxListLength = 100

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
  /** A list that may be absent, null or empty; it is replaced as a whole. */
  function list<Item>(items: TSchema, example: unknown[], description: string) {
    const limit = isNew ? { maxItems: maxListLength } : {}
    const schema = { type: ['array', 'null'], ...limit, items, examples: [example], description }
    return Type.Optional(Type.Unsafe<Item[] | null>(schema))
  }
  function listField(name: ListField) {
    const { item, example, description, requestDescription } = rulesOfList(name)
    const items = ref(isNew ? newItems[name] : changedItems[item])
    return list(items, example, requestDescription ?? description)
  }
  type Lists = { [List in ListField]: TOptional<TUnsafe<SentItem<List>[] | null>> }

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
    revision: readOnly('Its revision; `If-Match` is what is obeyed.'),
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
