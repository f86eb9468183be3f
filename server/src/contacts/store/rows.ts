import type { ContactDoc, PersonColumns } from './columns.ts'

/** A contact in its plain columns, as lists need it; times are ISO 8601. */
export type ContactRow = Omit<PersonColumns, 'doc'> & {
  id: string
  modseq: number
  created_at: string
  updated_at: string
}

/** The columns that the simple shape shows. */
export type ShownRow = Pick<ContactRow, (typeof shownColumnNames)[number]>

/** All columns of a contact, without its card. */
export type WholeRow = ContactRow & {
  doc: ContactDoc
  /** The vCard's UID where it is not the id. */
  uid: string | null
  label_ids: string[]
  /** SHA-256 of the photo in the card, in hex. */
  photo_hash: string | null
  created_via: string
  created_modseq: number
  /** In the trash since then. */
  deleted_at: string | null
}

/** The columns that say who somebody is. */
export type PersonRow = Pick<WholeRow, (typeof personColumnNames)[number]>

export type CardedRow = WholeRow & {
  /** The vCard to the octet; null where the contact is written from its fields. */
  card: string | null
  card_version: string | null
}

/** The names of the columns that the simple shape shows. */
export const shownColumnNames = [
  'id',
  'modseq',
  'first_name',
  'last_name',
  'email',
  'phone',
  'bday_year',
  'bday_md',
  'additional_data',
  'created_at',
  'updated_at',
] as const satisfies (keyof ContactRow)[]

export const columnNames = [...shownColumnNames, 'sort_key'] as const satisfies (keyof ContactRow)[]

export const wholeColumnNames = [
  ...columnNames,
  'doc',
  'uid',
  'label_ids',
  'photo_hash',
  'created_via',
  'created_modseq',
  'deleted_at',
] as const satisfies (keyof WholeRow)[]

export const personColumnNames = [
  'id',
  'first_name',
  'last_name',
  'email',
  'phone',
  'bday_year',
  'bday_md',
  'doc',
] as const satisfies (keyof WholeRow)[]

/** The columns that hold times. */
export const timeColumns: ReadonlySet<string> = new Set<keyof WholeRow>([
  'created_at',
  'updated_at',
  'deleted_at',
])

/** The columns of a {@link ContactRow}, for a select. */
export const columns = columnList(columnNames)

/** The columns of a {@link WholeRow}, for a select. */
export const wholeColumns = columnList(wholeColumnNames)

/** Columns of `contacts` by their names, for a select. */
export function columnList(names: readonly string[]): string {
  return names.map((name) => `contacts.${name}`).join(', ')
}
