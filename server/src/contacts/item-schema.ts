import Type, { type Static, type TSchema } from 'typebox'
import { recordOf, lists, rulesOfList, type ItemOf, type ListField } from '../book/fields.ts'

/** In Unicode characters; nothing in a contact is longer. */
export const maxCardLength = 1024 * 1024
const maxLabelLength = 200

type Limits = { label: number; value: number; format?: string }

// A text of an item: what is absent, null or empty is missing.
function part(maxLength: number, description?: string) {
  const schema = { type: ['string', 'null'], maxLength, ...(description && { description }) }
  return Type.Optional(Type.Unsafe<string | null>(schema))
}

function labelPart(maxLength: number) {
  return part(maxLength, 'A known one, or your own.')
}

function valuePart({ value: maxLength, format }: Limits) {
  return Type.String({ minLength: 1, maxLength, ...(format && { format }) })
}

const itemsWithin = {
  value: (limits: Limits) =>
    Type.Object({ label: labelPart(limits.label), value: valuePart(limits) }),
  address: ({ label, value }: Limits) =>
    Type.Object({
      label: labelPart(label),
      street: part(value),
      extended: part(value, 'Apartment, building or floor.'),
      po_box: part(value),
      city: part(value),
      region: part(value),
      postal_code: part(value),
      country: part(value),
    }),
  messenger: (limits: Limits) =>
    Type.Object({
      label: labelPart(limits.label),
      service: part(limits.label, 'A known one, or your own.'),
      value: valuePart(limits),
    }),
}

/** An item of a list as it is sent. */
export type SentItem<List extends ListField> = Static<
  ReturnType<(typeof itemsWithin)[ItemOf<List>]>
>

function named(schema: TSchema, $id: string, description: string, example: object) {
  return { ...schema, $id, additionalProperties: false, description, examples: [example] }
}

const newNames = {
  emails: 'NewEmail',
  phones: 'NewPhone',
  addresses: 'NewAddress',
  links: 'NewLink',
  messengers: 'NewMessenger',
  dates: 'NewDate',
  relations: 'NewRelation',
  custom_fields: 'NewCustomField',
} as const satisfies Record<ListField, string>

/** The items of each list in a new contact. */
export const newItems = recordOf(lists, (list) => {
  const { item, maxLength, format, example, description } = rulesOfList(list)
  const schema = itemsWithin[item]({
    label: maxLabelLength,
    value: maxLength,
    ...(format && { format }),
  })
  return named(schema, newNames[list], `One of \`${list}\`. ${description}`, example[0] ?? {})
})

const anyLength: Limits = { label: maxCardLength, value: maxCardLength }
const sentBack = 'What the contact has may be sent back as it is; what is new has the limits of a'

/** The items in changes of a contact, to which values of any form may be sent back. */
export const changedItems = {
  value: named(
    itemsWithin.value(anyLength),
    'LabelledValueInput',
    `A value and what it is for. ${sentBack} \`NewContact\`.`,
    { label: 'work', value: 'ada@example.org' },
  ),
  address: named(
    itemsWithin.address(anyLength),
    'PostalAddressInput',
    `An address in its parts. ${sentBack} \`NewAddress\`.`,
    rulesOfList('addresses').example[0] ?? {},
  ),
  messenger: named(
    itemsWithin.messenger(anyLength),
    'MessengerHandleInput',
    `A handle or address in a messenger. ${sentBack} \`NewMessenger\`.`,
    rulesOfList('messengers').example[0] ?? {},
  ),
}

/** All of these schemas, to which others refer by their names. */
export const itemSchemas: TSchema[] = [...Object.values(newItems), ...Object.values(changedItems)]
