import { foldLine } from '@kith/server/vcard/lines/fold-line'
import { titleOf } from '../data/title.ts'
import type { Contact } from '../worker/calls.ts'
import { dateLine, escaped, listLines, textLine } from './vcard-lines.ts'

export type Picture = { mediaType: string; bytes: Uint8Array }

type Extra = {
  /** The names of its labels. */
  labels?: readonly string[]
  picture?: Picture | null
}

/** A contact as a vCard 3.0 (RFC 2426), which every program reads; made here, so also offline. */
export function vcardOf(contact: Contact, { labels = [], picture }: Extra = {}): string {
  const { company, department, birthday, additional_data } = contact
  const organisation = [company, ...(department ? [department] : [])]
  return card([
    `UID:${contact.id}`,
    ...nameLines(contact),
    ...textLine('X-PHONETIC-FIRST-NAME', contact.phonetic_first_name),
    ...textLine('X-PHONETIC-MIDDLE-NAME', contact.phonetic_middle_name),
    ...textLine('X-PHONETIC-LAST-NAME', contact.phonetic_last_name),
    ...textLine('NICKNAME', contact.nickname),
    ...textLine('TITLE', contact.job_title),
    ...(organisation.some(Boolean)
      ? [`ORG:${organisation.map((part) => escaped(part ?? '')).join(';')}`]
      : []),
    ...(birthday ? [dateLine('BDAY', birthday)] : []),
    ...listLines(contact),
    ...textLine('NOTE', additional_data),
    ...(labels.length > 0 ? [`CATEGORIES:${labels.map(escaped).join(',')}`] : []),
    ...(picture ? [photoLine(picture)] : []),
    `REV:${contact.updated_at}`,
  ])
}

/** What a QR code can hold of a contact: name, company, phones and e-mails. */
export function smallVcardOf(contact: Contact): string {
  const { phones, emails } = contact
  const nothing = { addresses: [], links: [], messengers: [], dates: [], relations: [] }
  return card([
    ...nameLines(contact),
    ...textLine('ORG', contact.company),
    ...listLines({ ...nothing, custom_fields: [], phones, emails }),
  ])
}

function card(lines: string[]): string {
  const all = ['BEGIN:VCARD', 'VERSION:3.0', ...lines, 'END:VCARD']
  return all.map((line) => `${foldLine(line, '\r\n')}\r\n`).join('')
}

/** FN is never empty, and N is always there. */
function nameLines(contact: Contact): string[] {
  const { prefix, first_name, middle_name, last_name, suffix } = contact
  const parts = [last_name, first_name, middle_name, prefix, suffix]
  const fullName = [prefix, first_name, middle_name, last_name, suffix].filter(Boolean).join(' ')
  return [
    `FN:${escaped(fullName || titleOf(contact))}`,
    `N:${parts.map((part) => escaped(part ?? '')).join(';')}`,
  ]
}

function photoLine({ mediaType, bytes }: Picture): string {
  const type = mediaType.replace(/^image\//, '').toUpperCase()
  return `PHOTO;ENCODING=b;TYPE=${type}:${base64(bytes)}`
}

function base64(bytes: Uint8Array): string {
  return btoa(Array.from(bytes, (byte) => String.fromCharCode(byte)).join(''))
}
