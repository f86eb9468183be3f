import { foldLine } from '../../server/src/vcard/lines/fold-line.ts'
import type { Entry, Person } from './people.ts'

/**
 * A .vcf file as phones write it: mostly 3.0 with Apple's grouped labels, every tenth card 4.0, and
 * properties that only the phone understands.
 */
export function writeCards(people: Person[]): Buffer {
  return Buffer.from(people.map((person, index) => writeCard(person, index % 10 === 9)).join(''))
}

function writeCard(person: Person, isVersion4: boolean): string {
  const { uid, first, last, nickname, company, department, jobTitle, birthday, note } = person
  const { emails, phones, addresses, website, groups } = person
  const line = (start: string, value: string | null) => (value ? [`${start}:${text(value)}`] : [])
  let items = 0
  const labelled = (name: string, { label }: Entry, value: string) => {
    if (standardLabels.has(label)) return [`${name};TYPE=${label.toUpperCase()}:${value}`]
    const item = `item${++items}`
    return [`${item}.${name}:${value}`, `${item}.X-ABLabel:${text(label)}`]
  }
  const lines = [
    'BEGIN:VCARD',
    `VERSION:${isVersion4 ? '4.0' : '3.0'}`,
    'PRODID:-//Apple Inc.//iOS 18.1//EN',
    `UID:${isVersion4 ? 'urn:uuid:' : ''}${uid}`,
    `N:${text(last)};${text(first)};;;`,
    `FN:${text([first, last].filter(Boolean).join(' '))}`,
    ...line('NICKNAME', nickname),
    ...(company ? [`ORG:${text(company)};${text(department ?? '')}`] : []),
    ...line('TITLE', jobTitle),
    ...emails.flatMap((email) => labelled('EMAIL', email, text(email.value))),
    ...phones.flatMap((phone) => labelled('TEL', phone, text(phone.value))),
    ...addresses.flatMap((address) => {
      const { value, city, postalCode, country } = address
      const parts = ['', '', value, city, '', postalCode, country]
      return labelled('ADR', address, parts.map(text).join(';'))
    }),
    ...(website ? [`URL:${website}`] : []),
    ...birthdayLine(birthday, isVersion4),
    ...line('NOTE', note),
    ...(groups.length > 0 ? [`CATEGORIES:${groups.map(text).join(',')}`] : []),
    ...unusual(uid),
    'REV:2026-03-14T15:09:26Z',
    'END:VCARD',
  ]
  return lines.map((one) => `${foldLine(one, '\r\n')}\r\n`).join('')
}

const standardLabels = new Set(['Home', 'Work'])

/** Without a year: in 3.0 as Apple does. */
function birthdayLine(birthday: string | null, isVersion4: boolean): string[] {
  if (birthday === null) return []
  if (!birthday.startsWith('--')) return [`BDAY:${birthday}`]
  if (isVersion4) return [`BDAY:${birthday.replaceAll('-', '').padStart(6, '-')}`]
  return [`BDAY;X-APPLE-OMIT-YEAR=1604:1604-${birthday.slice(2)}`]
}

/** What every third phone adds of its own. */
function unusual(uid: string): string[] {
  const number = Number.parseInt(uid.slice(-6), 16)
  if (number % 3 !== 0) return []
  return [
    `X-SOCIALPROFILE;TYPE=mastodon;X-USER=p${number}:https://social.example/@p${number}`,
    ...(number % 9 === 0 ? [`X-LOYALTY-CARD;X-SHOP=Harbour:${number * 7_919}`] : []),
  ]
}

/** RFC 6350, 3.4. */
function text(value: string): string {
  return value.replaceAll(/[\\,;]/g, String.raw`\$&`).replaceAll('\n', String.raw`\n`)
}
