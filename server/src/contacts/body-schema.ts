import Type, { type Static, type TSchema } from 'typebox'
import { ada } from '../book/example.ts'

const maxNameLength = 200
const maxPartLength = 500
const maxListLength = 100
/** Nothing in a contact is longer. */
const maxCardLength = 1024 * 1024

/** What may be sent of a contact, with the limits of a new one, or with those of any. */
function fieldsOf(isNew: boolean) {
  const upTo = (length: number) => (isNew ? length : maxCardLength)

  /** A field that may be absent, null or empty: all three mean that there is none. */
  function field(
    maxLength: number,
    example: string,
    more: { format?: string; description?: string } = {},
  ) {
    const schema = { type: ['string', 'null'], maxLength: upTo(maxLength), examples: [example] }
    return Type.Optional(Type.Unsafe<string | null>({ ...schema, ...more }))
  }
  /** A text of an item in a list: what is absent, null or empty is not there. */
  function part(maxLength: number) {
    const schema = { type: ['string', 'null'], maxLength: upTo(maxLength) }
    return Type.Optional(Type.Unsafe<string | null>(schema))
  }
  function value(maxLength: number) {
    return Type.String({ minLength: 1, maxLength: upTo(maxLength) })
  }
  function item<T extends Record<string, TSchema>>(parts: T) {
    return Type.Object(parts, { additionalProperties: false })
  }
  function labelled(maxLength: number) {
    return item({ label: part(maxNameLength), value: value(maxLength) })
  }
  const address = item({
    label: part(maxNameLength),
    street: part(maxPartLength),
    extended: part(maxPartLength),
    po_box: part(maxPartLength),
    city: part(maxPartLength),
    region: part(maxPartLength),
    postal_code: part(maxPartLength),
    country: part(maxPartLength),
  })
  const messenger = item({
    label: part(maxNameLength),
    service: part(maxNameLength),
    value: value(maxPartLength),
  })
  /** A list that may be absent, null or empty; it is replaced as a whole. */
  function list<T extends TSchema>(items: T, example: Static<T>[], description: string) {
    const limit = isNew ? { maxItems: maxListLength } : {}
    const schema = { type: ['array', 'null'], ...limit, items, examples: [example], description }
    return Type.Optional(Type.Unsafe<Static<T>[] | null>(schema))
  }

  const format = (name: string) => (isNew ? { format: name } : {})
  return {
    first_name: field(maxNameLength, ada.first_name),
    last_name: field(maxNameLength, ada.last_name),
    email: field(254, ada.email, {
      ...format('contact-email'),
      description: 'Need not be unique.',
    }),
    phone: field(64, ada.phone, { ...format('phone'), description: 'Kept as typed.' }),
    birthday: field(10, ada.birthday, {
      ...format('birthday'),
      description: '`YYYY-MM-DD`, or `--MM-DD` where the year is unknown; not in the future.',
    }),
    additional_data: field(10_000, ada.additional_data, { description: 'Notes.' }),
    prefix: field(maxNameLength, ada.prefix),
    middle_name: field(maxNameLength, ada.middle_name),
    suffix: field(maxNameLength, ada.suffix),
    phonetic_first_name: field(maxNameLength, ada.phonetic_first_name),
    phonetic_middle_name: field(maxNameLength, ada.phonetic_middle_name),
    phonetic_last_name: field(maxNameLength, ada.phonetic_last_name),
    nickname: field(maxNameLength, ada.nickname),
    company: field(maxNameLength, ada.company),
    department: field(maxNameLength, ada.department),
    job_title: field(maxNameLength, ada.job_title),
    emails: list(
      labelled(254),
      ada.emails,
      'All e-mail addresses. The first is `email`; where both are sent, they agree.',
    ),
    phones: list(
      labelled(254),
      ada.phones,
      'All phone numbers. The first is `phone`; where both are sent, they agree.',
    ),
    addresses: list(address, ada.addresses, 'Addresses, with at least one part each.'),
    links: list(labelled(2_000), ada.links, 'Web addresses.'),
    messengers: list(messenger, ada.messengers, 'Handles in messengers.'),
    dates: list(
      labelled(254),
      ada.dates,
      'Days other than the birthday: `YYYY-MM-DD`, `--MM-DD` without a year, or a text.',
    ),
    relations: list(labelled(254), ada.relations, 'People they belong to.'),
    custom_fields: list(labelled(10_000), ada.custom_fields, 'What has no field here.'),
    label_ids: list(Type.String({ format: 'uuid' }), [], 'The labels on it, by their ids.'),
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
