import type { Contact } from '../book/contact.ts'
import { lists, namesIn, recordOf, rulesOfList, type ListField } from '../book/fields.ts'
import { writeOwnContactLabels } from './contact-labels.ts'
import type { Reading } from './draft.ts'
import { protectApostrophe } from './formula.ts'
import { headerKey } from './header-key.ts'
import {
  ownBeyondHeaders,
  ownListHeaders,
  ownPartHeaders,
  ownTextHeaders,
  type BeyondTexts,
} from './own-headers.ts'
import { writeOwnValueLabel } from './value-label.ts'

export type CsvContact = Omit<Reading, 'uid' | 'beyond'> & { uid: string; beyond?: BeyondTexts }

const textFields = namesIn(ownTextHeaders)
const beyondNames = namesIn(ownBeyondHeaders)

/** The length of the longest list of each kind. */
export type Counts = Record<ListField, number>

export function ownHeaders(counts: Counts): string[] {
  const numbered = lists.flatMap((list) =>
    Array.from({ length: counts[list] }, (_, index) =>
      Object.values(partsOf(list)).map((part) => `${ownListHeaders[list]} ${index + 1} - ${part}`),
    ).flat(),
  )
  const beyond = Object.values(ownBeyondHeaders)
  return [...Object.values(ownTextHeaders), 'Labels', ...numbered, ...beyond, 'Kith UID']
}

export function ownCells(row: CsvContact, counts: Counts): string[] {
  const { labels, uid, beyond } = row
  const contact = withinColumns(row.contact, counts)
  const texts = textFields.map((field) => contact[field] ?? '')
  const cells = [...texts, writeOwnContactLabels(labels)]
  for (const list of lists) {
    for (const item of contact[list]) addCells(cells, list, item)
    const missing = counts[list] - contact[list].length
    for (let left = missing * partNames[list].length; left > 0; left--) cells.push('')
  }
  cells.push(...beyondNames.map((name) => beyond?.[name] ?? ''), uid)
  return cells.map((cell) => (cell === '' ? cell : protectApostrophe(cell)))
}

/**
 * A contact whose lists have a column for each value. Those without one, which only come while a file is
 * written, stand in the notes, in a line each: a file that is being downloaded gets no further columns.
 */
function withinColumns(contact: Contact, counts: Counts): Contact {
  if (lists.every((list) => contact[list].length <= counts[list])) return contact
  const beyond = lists.flatMap((list) =>
    contact[list].slice(counts[list]).map((item, index) => {
      const number = counts[list] + index + 1
      const texts = Object.values(item).filter((text) => text !== null)
      return `${ownListHeaders[list]} ${number}: ${texts.join(', ')}`
    }),
  )
  const notes = [contact.additional_data, beyond.join('\n')].filter((text) => text !== null)
  const fitting = recordOf(lists, (list) => contact[list].slice(0, counts[list]))
  return { ...contact, ...fitting, additional_data: notes.join('\n\n') } as Contact
}

// No header of ours is longer.
const maxHeaderLength = 40

/** How many values of each list a file has columns for, if its headers are like ours. */
export function countColumns(headers: readonly string[]): Counts {
  const keys = headers.filter(({ length }) => length < maxHeaderLength).map(headerKey)
  return recordOf(lists, (list) => keys.filter((key) => valueHeaders[list].test(key)).length)
}

/** The keys of the headers of which each value of a list has exactly one. */
const valueHeaders = recordOf(lists, (list) => {
  const { value, address, messenger } = ownPartHeaders
  const parts = { value: value.value, address: address.street, messenger: messenger.value }
  const part = headerKey(parts[rulesOfList(list).item])
  return new RegExp(String.raw`^${headerKey(ownListHeaders[list])} \d+ ${part}$`)
})

function addCells(cells: string[], list: ListField, item: Partial<Record<string, string | null>>) {
  for (const part of partNames[list]) {
    const text = item[part] ?? null
    const isKnown = part === 'label' && list !== 'custom_fields'
    cells.push(isKnown ? writeOwnValueLabel(text) : (text ?? ''))
  }
}

function partsOf(list: ListField): Record<string, string> {
  return ownPartHeaders[rulesOfList(list).item]
}

const partNames = recordOf(lists, (list) => Object.keys(partsOf(list)))
