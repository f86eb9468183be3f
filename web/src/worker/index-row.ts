import { filedUnder } from '@kith/server/book/filed-under'
import { searchText } from '@kith/server/book/search-text'
import type { Contact, Rows, Slot } from './calls.ts'

/** What lists and searches need to know of a contact. */
export type IndexRow = {
  id: string
  title: string
  subtitle: string
  photo: string | null
  isCompany: boolean
  /** What it is sorted by: the name that counts first, a tab, then the other name. */
  firstKey: string
  lastKey: string
  /** Milliseconds since the epoch. */
  changed: number
  /** What is searched, as the server has it. */
  search: string
  /** Values as they were typed that a search may have found, each in a line. */
  values: string
  labels: string[]
  birthday: string | null
}

export type RowOptions = {
  labelName: (id: string) => string | undefined
  isLastNameFirst: boolean
}

export function indexRow(contact: Contact, { labelName, isLastNameFirst }: RowOptions): IndexRow {
  const filed = filedUnder(contact)
  const title = titleOf(contact, isLastNameFirst)
  const names = contact.label_ids.map(labelName).filter((name) => name !== undefined)
  const values = [contact.nickname, ...valuesIn(contact.emails), ...valuesIn(contact.phones)]
  return {
    id: contact.id,
    title,
    subtitle: subtitleOf(contact, title),
    photo: contact.photo,
    isCompany: nameOf(contact, false) === '' && title === contact.company,
    firstKey: sortKey(filed.givenName || filed.name, filed.givenName && filed.name),
    lastKey: sortKey(filed.name, filed.givenName),
    changed: Date.parse(contact.updated_at),
    search: searchText(contact, names),
    values: values.filter(Boolean).join('\n'),
    labels: contact.label_ids,
    birthday: contact.birthday,
  }
}

/** The name of a contact, or what stands for it where it has none. */
export function titleOf(contact: Contact, isLastNameFirst: boolean): string {
  return nameOf(contact, isLastNameFirst) || filedUnder(contact).name
}

function nameOf(contact: Contact, isLastNameFirst: boolean): string {
  const { first_name: first, middle_name: middle, last_name: last } = contact
  const parts = isLastNameFirst ? [last, first, middle] : [first, middle, last]
  return parts.filter(Boolean).join(' ')
}

function subtitleOf({ job_title, company, emails, phones }: Contact, title: string): string {
  const place = [job_title, company].filter((text) => text && text !== title).join(' · ')
  if (place) return place
  const reach = [emails[0]?.value, phones[0]?.value]
  return reach.find((text) => text && text !== title) ?? ''
}

function valuesIn(items: readonly { value: string }[]): string[] {
  return items.map(({ value }) => value)
}

// A tab comes before every other character that counts in an order, and stands in no name.
function sortKey(name: string, other: string): string {
  const key = `${name}\t${other}`.normalize('NFC')
  return isLetter.test(key) ? key : behindLetters + key
}

const isLetter = /^\p{L}/u

/** Sorts behind every letter (CLDR gives U+FFFF the highest weight). */
export const behindLetters = '\uffff'

/** What the page shows of rows. */
export function shownRows(
  slots: readonly Slot[],
  rows: readonly (IndexRow | null | undefined)[],
): Rows {
  const found = slots.map((slot) => rows[slot] ?? null)
  return {
    slots: [...slots],
    ids: found.map((row) => row && row.id),
    titles: found.map((row) => row?.title ?? ''),
    subtitles: found.map((row) => row?.subtitle ?? ''),
    photos: found.map((row) => row && row.photo),
    companies: found.map((row) => row?.isCompany ?? false),
  }
}
