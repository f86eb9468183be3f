import type { Address, LabelledValue, Messenger } from '../book/contact.ts'
import type { Reading } from './draft.ts'
import { protectApostrophe } from './formula.ts'
import { writeOwnContactLabels } from './contact-labels.ts'
import type { List } from './list-columns.ts'
import { writeOwnValueLabel } from './value-label.ts'

export type CsvContact = Omit<Reading, 'uid'> & { uid: string }

/** How many values the longest list of its kind has. */
export type Counts = Record<List, number>

type Value = LabelledValue | Address | Messenger

// Google's names, in Google's order (Google Contacts, "Google CSV", 2026).
const textColumns = [
  ['First Name', 'first_name'],
  ['Middle Name', 'middle_name'],
  ['Last Name', 'last_name'],
  ['Phonetic First Name', 'phonetic_first_name'],
  ['Phonetic Middle Name', 'phonetic_middle_name'],
  ['Phonetic Last Name', 'phonetic_last_name'],
  ['Name Prefix', 'prefix'],
  ['Name Suffix', 'suffix'],
  ['Nickname', 'nickname'],
  ['Organization Name', 'company'],
  ['Organization Title', 'job_title'],
  ['Organization Department', 'department'],
  ['Birthday', 'birthday'],
  ['Notes', 'additional_data'],
] as const

const labelled = [
  ['Label', 'label'],
  ['Value', 'value'],
] as const

const listColumns: [List, string, readonly (readonly [string, string])[]][] = [
  ['emails', 'E-mail', labelled],
  ['phones', 'Phone', labelled],
  [
    'addresses',
    'Address',
    [
      ['Label', 'label'],
      ['Street', 'street'],
      ['City', 'city'],
      ['PO Box', 'po_box'],
      ['Region', 'region'],
      ['Postal Code', 'postal_code'],
      ['Country', 'country'],
      ['Extended Address', 'extended'],
    ],
  ],
  ['links', 'Website', labelled],
  [
    'messengers',
    'IM',
    [
      ['Label', 'label'],
      ['Service', 'service'],
      ['Value', 'value'],
    ],
  ],
  ['dates', 'Event', labelled],
  ['relations', 'Relation', labelled],
  ['custom_fields', 'Custom Field', labelled],
]

export function ownHeaders(counts: Counts): string[] {
  const numbered = listColumns.flatMap(([list, name, parts]) =>
    Array.from({ length: counts[list] }, (_, index) =>
      parts.map(([part]) => `${name} ${index + 1} - ${part}`),
    ).flat(),
  )
  return [...textColumns.map(([header]) => header), 'Labels', ...numbered, 'Kith UID']
}

export function ownCells({ contact, labels, uid }: CsvContact, counts: Counts): string[] {
  const cells = [
    ...textColumns.map(([, field]) => contact[field] ?? ''),
    writeOwnContactLabels(labels),
  ]
  for (const [list, , parts] of listColumns) {
    if (contact[list].length > counts[list]) {
      throw new RangeError(`A contact has ${contact[list].length} ${list}, not ${counts[list]}`)
    }
    for (let index = 0; index < counts[list]; index++) {
      for (const [, part] of parts) cells.push(cellOf(list, contact[list][index], part))
    }
  }
  cells.push(uid)
  return cells.map(protectApostrophe)
}

function cellOf(list: List, value: Value | undefined, part: string): string {
  const text = (value as Record<string, string | null> | undefined)?.[part] ?? null
  return part === 'label' && list !== 'custom_fields' ? writeOwnValueLabel(text) : (text ?? '')
}
