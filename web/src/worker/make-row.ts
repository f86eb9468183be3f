import { filedUnder } from '@kith/server/book/filed-under'
import { searchText } from '@kith/server/book/search-text'
import type { Contact } from './calls.ts'
import { behindLetters, type IndexRow } from './index-row.ts'
import { nameOf, titleOf } from './title.ts'

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
