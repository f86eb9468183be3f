import { stringify } from 'csv-stringify/sync'
import type { Entry, Person } from './people.ts'

// Google Contacts, "Google CSV", 2026.
const header =
  'First Name,Middle Name,Last Name,Phonetic First Name,Phonetic Middle Name,Phonetic Last Name,' +
  'Name Prefix,Name Suffix,Nickname,File As,Organization Name,Organization Title,' +
  'Organization Department,Birthday,Notes,Photo,Labels,E-mail 1 - Label,E-mail 1 - Value,' +
  'E-mail 2 - Label,E-mail 2 - Value,E-mail 3 - Label,E-mail 3 - Value,Phone 1 - Label,' +
  'Phone 1 - Value,Phone 2 - Label,Phone 2 - Value,Phone 3 - Label,Phone 3 - Value,' +
  'Address 1 - Label,Address 1 - Formatted,Address 1 - Street,Address 1 - City,' +
  'Address 1 - PO Box,Address 1 - Region,Address 1 - Postal Code,Address 1 - Country,' +
  'Address 1 - Extended Address,Website 1 - Label,Website 1 - Value'

/** A .csv file as Google writes it. */
export function writeRows(people: Person[]): Buffer {
  const columns = header.split(',')
  const rows = people.map((person) => {
    const cells = cellsOf(person)
    return columns.map((column) => cells[column] ?? '')
  })
  return Buffer.from(
    stringify([columns, ...rows], { record_delimiter: 'windows', quoted_match: /\n/ }),
  )
}

function cellsOf(person: Person): Record<string, string | null> {
  const { first, last, nickname, company, department, jobTitle, birthday, note } = person
  const { emails, phones, addresses, website, groups } = person
  const [address] = addresses
  return {
    'First Name': first,
    'Last Name': last,
    Nickname: nickname,
    'Organization Name': company,
    'Organization Title': jobTitle,
    'Organization Department': department,
    Birthday: birthday && (birthday.startsWith('--') ? ` ${birthday}` : birthday),
    Notes: note,
    Labels: ['* myContacts', ...groups].join(' ::: '),
    ...numbered('E-mail', emails),
    ...numbered('Phone', phones),
    ...(address && {
      'Address 1 - Label': address.label,
      'Address 1 - Formatted': `${address.value}\n${address.postalCode} ${address.city}\n${address.country}`,
      'Address 1 - Street': address.value,
      'Address 1 - City': address.city,
      'Address 1 - Postal Code': address.postalCode,
      'Address 1 - Country': address.country,
    }),
    ...(website && { 'Website 1 - Label': 'Blog', 'Website 1 - Value': website }),
  }
}

/** Google stars the first of several. */
function numbered(name: string, entries: Entry[]): Record<string, string> {
  return Object.fromEntries(
    entries.flatMap(({ label, value }, index) => [
      [`${name} ${index + 1} - Label`, index === 0 && entries.length > 1 ? `* ${label}` : label],
      [`${name} ${index + 1} - Value`, value],
    ]),
  )
}
