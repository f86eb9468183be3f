/** A value with a label: a known one in lower case, one's own as typed, or none. */
export type LabelledValue = { label: string | null; value: string }

export type Address = {
  label: string | null
  street: string | null
  /** Apartment, building or floor. */
  extended: string | null
  po_box: string | null
  city: string | null
  region: string | null
  postal_code: string | null
  country: string | null
}

/** `value` is a handle or address in the service, which is in lower case where it is a known one. */
export type Messenger = { label: string | null; service: string | null; value: string }

/**
 * All that Kith knows of a contact, as every door reads and writes it: what the API calls `first_name`
 * is called so everywhere. No text is empty: what is not there is null. Lists are in the owner's
 * order; where a source marks a preferred value, that one is first.
 */
export type Contact = {
  prefix: string | null
  first_name: string | null
  middle_name: string | null
  last_name: string | null
  suffix: string | null
  phonetic_first_name: string | null
  phonetic_middle_name: string | null
  phonetic_last_name: string | null
  nickname: string | null
  company: string | null
  department: string | null
  job_title: string | null
  /** `YYYY-MM-DD`, or `--MM-DD` where the year is unknown. */
  birthday: string | null
  /** Notes. */
  additional_data: string | null
  emails: LabelledValue[]
  phones: LabelledValue[]
  addresses: Address[]
  links: LabelledValue[]
  messengers: Messenger[]
  /** Other days than the birthday: ISO 8601, `--MM-DD` without a year, else as the source wrote it. */
  dates: LabelledValue[]
  relations: LabelledValue[]
  custom_fields: LabelledValue[]
}

/** The fields that are one text, in the order in which they are shown. */
export const textFields = [
  'prefix',
  'first_name',
  'middle_name',
  'last_name',
  'suffix',
  'phonetic_first_name',
  'phonetic_middle_name',
  'phonetic_last_name',
  'nickname',
  'company',
  'department',
  'job_title',
  'birthday',
  'additional_data',
] as const satisfies (keyof Contact)[]

/** The fields that are lists. */
export const lists = [
  'emails',
  'phones',
  'addresses',
  'links',
  'messengers',
  'dates',
  'relations',
  'custom_fields',
] as const satisfies (keyof Contact)[]

/** A contact of which only this is known. */
export function contactWith(known: Partial<Contact>): Contact {
  return { ...emptyContact(), ...known }
}

/** A contact of which nothing is known; its lists are new ones. */
export function emptyContact(): Contact {
  return {
    prefix: null,
    first_name: null,
    middle_name: null,
    last_name: null,
    suffix: null,
    phonetic_first_name: null,
    phonetic_middle_name: null,
    phonetic_last_name: null,
    nickname: null,
    company: null,
    department: null,
    job_title: null,
    birthday: null,
    additional_data: null,
    emails: [],
    phones: [],
    addresses: [],
    links: [],
    messengers: [],
    dates: [],
    relations: [],
    custom_fields: [],
  }
}

/** How many labels a contact may have: a constraint of its table. */
export const maxLabelsOfContact = 100
