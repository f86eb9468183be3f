import { emptyContact, type Contact as Fields } from '@kith/server/book/contact'
import type { ContactAnswer } from '@kith/server/contacts/schema'
import { writeCard } from '@kith/server/vcard/write-card'

export type Picture = { mediaType: string; bytes: Uint8Array }

type Extra = {
  /** The names of its labels. */
  labels?: readonly string[]
  picture?: Picture | null
}

/** A contact as a vCard 3.0, which every program reads: the same text as the server would write. */
export function vcardOf(contact: ContactAnswer, { labels = [], picture }: Extra = {}): string {
  return writeCard(
    {
      uid: contact.id,
      rev: new Date(contact.updated_at),
      contact,
      categories: labels,
      photo: picture ? { kind: 'bytes', ...picture } : null,
    },
    '3.0',
  )
}

/** What a QR code can hold of a contact: name, company, phones and e-mails. */
export function smallVcardOf(contact: ContactAnswer): string {
  const fields: Fields = {
    ...emptyContact(),
    prefix: contact.prefix,
    first_name: contact.first_name,
    middle_name: contact.middle_name,
    last_name: contact.last_name,
    suffix: contact.suffix,
    company: contact.company,
    phones: contact.phones,
    emails: contact.emails,
  }
  const card = writeCard(
    { uid: contact.id, rev: new Date(contact.updated_at), contact: fields, categories: [] },
    '3.0',
  )
  return card
    .split('\r\n')
    .filter((line) => !/^(UID|REV)[:;]/.test(line))
    .join('\r\n')
}
