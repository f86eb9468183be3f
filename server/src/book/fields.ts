import type { contactFormats } from './formats.ts'

/** What several parts of Kith need to know of a field; lengths are in Unicode characters. */
type Field = {
  /** Of a new value that a client sends; a text from a card or a file may be longer. */
  maxLength: number
  /** Which format a new value must have. */
  format?: keyof typeof contactFormats
  /** Whether the text may have line breaks. */
  isMultiline?: true
}

export type TextFieldRules = Field & {
  /** For the documentation of the API, which is about Ada Lovelace. */
  example: string
  description?: string
  /** Whether a contact with nothing but this field has a name. */
  isName?: true
}

export type ListRules = Field & {
  /** What the list holds: values with a label, addresses, or handles in messengers. */
  item: 'value' | 'address' | 'messenger'
  example: Record<string, string | null>[]
  description: string
  /** Documents the list in requests, if there is more to say than in answers. */
  requestDescription?: string
}

/** The fields that hold one text, in the order in which they are shown. */
export const textFieldTable = {
  prefix: { maxLength: 200, example: 'Countess', isName: true },
  first_name: { maxLength: 200, example: 'Ada', isName: true },
  middle_name: { maxLength: 200, example: 'King', isName: true },
  last_name: { maxLength: 200, example: 'Lovelace', isName: true },
  suffix: { maxLength: 200, example: 'FRS', isName: true },
  phonetic_first_name: { maxLength: 200, example: 'ˈeɪdə', isName: true },
  phonetic_middle_name: { maxLength: 200, example: 'kɪŋ', isName: true },
  phonetic_last_name: { maxLength: 200, example: 'ˈlʌvleɪs', isName: true },
  nickname: { maxLength: 200, example: 'The Enchantress of Numbers', isName: true },
  company: { maxLength: 200, example: 'Analytical Engines', isName: true },
  department: { maxLength: 200, example: 'Notes' },
  job_title: { maxLength: 200, example: 'Programmer' },
  /** `YYYY-MM-DD`, or `--MM-DD` without a year. */
  birthday: {
    maxLength: 10,
    format: 'birthday',
    example: '1815-12-10',
    description: '`YYYY-MM-DD`, or `--MM-DD` where the year is unknown; not in the future.',
  },
  /** Notes. */
  additional_data: {
    maxLength: 10_000,
    isMultiline: true,
    example: 'Wrote the first program.',
    description: 'Notes.',
  },
} satisfies Record<string, TextFieldRules>

/** The fields that hold a list, in the order in which they are shown. */
export const listTable = {
  emails: {
    item: 'value',
    maxLength: 254,
    format: 'contact-email',
    example: [{ label: 'work', value: 'ada@example.org' }],
    description: 'The first is `email`.',
    requestDescription:
      'All e-mail addresses. The first is `email`; where both are sent, they agree.',
  },
  phones: {
    item: 'value',
    maxLength: 254,
    format: 'phone',
    example: [{ label: 'mobile', value: '+44 20 7946 0958' }],
    description: 'The first is `phone`.',
    requestDescription: 'All phone numbers. The first is `phone`; where both are sent, they agree.',
  },
  addresses: {
    item: 'address',
    maxLength: 500,
    example: [
      {
        label: 'home',
        street: '12 St James’s Square',
        extended: null,
        po_box: null,
        city: 'London',
        region: null,
        postal_code: 'SW1Y 4JH',
        country: 'United Kingdom',
      },
    ],
    description: 'Addresses in their parts.',
    requestDescription: 'Addresses, with at least one part each.',
  },
  links: {
    item: 'value',
    maxLength: 2_000,
    example: [{ label: 'home page', value: 'https://ada.example.org' }],
    description: 'Web addresses.',
  },
  messengers: {
    item: 'messenger',
    maxLength: 500,
    example: [{ label: null, service: 'signal', value: '+44 20 7946 0958' }],
    description: 'Handles in messengers.',
  },
  /** Days other than the birthday: ISO 8601, `--MM-DD` without a year, else as the source wrote it. */
  dates: {
    item: 'value',
    maxLength: 254,
    example: [{ label: 'anniversary', value: '1835-07-08' }],
    description: 'Days other than the birthday; also a birthday that is no date of the past.',
    requestDescription:
      'Days other than the birthday: `YYYY-MM-DD`, `--MM-DD` without a year, or a text.',
  },
  relations: {
    item: 'value',
    maxLength: 254,
    example: [{ label: 'spouse', value: 'William King' }],
    description: 'People they belong to.',
  },
  custom_fields: {
    item: 'value',
    maxLength: 10_000,
    isMultiline: true,
    example: [{ label: 'Favourite machine', value: 'Analytical Engine' }],
    description: 'What has no field here.',
  },
} satisfies Record<string, ListRules>

/** The fields of the simple shape that hold the first value of a list. */
export const firstValueTable = {
  email: {
    list: 'emails',
    maxLength: 254,
    format: 'contact-email',
    example: 'ada@example.org',
    description: 'Need not be unique.',
  },
  phone: {
    list: 'phones',
    maxLength: 64,
    format: 'phone',
    example: '+44 20 7946 0958',
    description: 'Kept as typed.',
  },
} satisfies Record<string, TextFieldRules & { list: ListField }>

export type TextField = keyof typeof textFieldTable
export type ListField = keyof typeof listTable
export type FirstValueField = keyof typeof firstValueTable
/** What an item of a list is. */
export type ItemOf<List extends ListField> = (typeof listTable)[List]['item']

export const textFields = namesIn(textFieldTable)
export const lists = namesIn(listTable)
export const firstValueFields = namesIn(firstValueTable)

/** The text fields of the simple shape, each with a column of its own; all others share `doc`. */
export const simpleTextFields = [
  'first_name',
  'last_name',
  'birthday',
  'additional_data',
] as const satisfies TextField[]

/** The text fields beyond the simple shape. */
export type OtherTextField = Exclude<TextField, (typeof simpleTextFields)[number]>
export const otherTextFields = textFields.filter(isOther)

export function rulesOfText(field: TextField): TextFieldRules {
  return textFieldTable[field]
}

export function rulesOfList(list: ListField): ListRules {
  return listTable[list]
}

export function isTextField(name: string): name is TextField {
  return Object.hasOwn(textFieldTable, name)
}

export function isListField(name: string): name is ListField {
  return Object.hasOwn(listTable, name)
}

export function isFirstValueField(name: string): name is FirstValueField {
  return Object.hasOwn(firstValueTable, name)
}

/** An object with a value for each of these fields, in their order. */
export function recordOf<Name extends string, Value>(
  fields: readonly Name[],
  valueOf: (field: Name) => Value,
): Record<Name, Value> {
  const record: Partial<Record<Name, Value>> = {}
  for (const field of fields) record[field] = valueOf(field)
  return record as Record<Name, Value>
}

function isOther(field: TextField): field is OtherTextField {
  return !(simpleTextFields as readonly TextField[]).includes(field)
}

/** The names in a table, in its order. */
export function namesIn<Name extends string>(table: Record<Name, unknown>): readonly Name[] {
  return Object.keys(table) as Name[]
}
