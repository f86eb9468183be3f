import { withBirthdayAsDate } from '../contacts/birthday-as-date.ts'
import { presentContact } from '../contacts/present.ts'
import { fromColumns } from '../contacts/store/columns.ts'
import type { CsvContact } from '../csv/own-layout.ts'
import { writeCsv } from '../csv/write-csv.ts'
import type { Ask } from '../db/ask.ts'
import { createPace } from '../pace.ts'
import { beyondFields } from '../vcard/beyond-fields.ts'
import { labelLookup } from './label-lookup.ts'
import {
  countLists,
  readContacts,
  readFields,
  readLabelNames,
  readLabels,
  type ExportLabel,
  type ExportRow,
  type FieldRow,
  type Selection,
} from './queries.ts'

/**
 * Contacts as our own CSV. Where a contact gets a longer list than any had at the start, what has no column
 * stands in its notes.
 */
export async function* exportCsv(
  read: Ask,
  ownerId: string,
  selection: Selection,
): AsyncGenerator<string> {
  const counts = await countLists(read, ownerId, selection.labelId)
  yield* writeCsv(csvContacts(read, ownerId, selection), counts)
}

async function* csvContacts(
  read: Ask,
  ownerId: string,
  selection: Selection,
): AsyncGenerator<CsvContact[]> {
  const namesFor = labelLookup(() => readLabelNames(read, ownerId))
  const pace = createPace()
  for await (const rows of readFields(read, ownerId, selection)) {
    const names = await namesFor(rows)
    const contacts: CsvContact[] = []
    for (const row of rows) {
      const { card } = row
      contacts.push({
        contact: withBirthdayAsDate(fromColumns(row)),
        labels: namesOf(row, names),
        uid: row.uid ?? row.id,
        ...(card !== null && { beyond: beyondFields(card) }),
      })
      await pace()
    }
    yield contacts
  }
}

/**
 * Contacts as a JSON array: each as the API answers it, with its UID, the names and colours of its
 * labels, and the card that it came in.
 */
export async function* exportJson(
  read: Ask,
  ownerId: string,
  selection: Selection,
): AsyncGenerator<string> {
  yield* listOf(archivedContacts(read, ownerId, selection))
  yield '\n'
}

/** Contacts with all that an import needs to make the same of them. */
export async function* archivedContacts(
  read: Ask,
  ownerId: string,
  selection: Selection,
): AsyncGenerator<object[]> {
  const labelsFor = labelLookup(() => readLabels(read, ownerId))
  for await (const rows of readContacts(read, ownerId, { ...selection, withCards: true })) {
    const labels = await labelsFor(rows)
    yield rows.map((row) => archived(row, labels))
  }
}

function archived(row: ExportRow, labels: ReadonlyMap<string, ExportLabel>): object {
  const own = row.label_ids.flatMap((id) => labels.get(id) ?? [])
  return {
    ...presentContact(row),
    uid: row.uid ?? row.id,
    labels: own.map(({ name }) => name),
    label_colours: own.map(({ colour }) => colour),
    ...(row.deleted_at !== null && { deleted_at: row.deleted_at }),
    ...(row.revisions > 0 && { revisions: row.revisions }),
    card: row.card,
  }
}

/** A JSON array, an item a line. @param parts items, some at a time */
export async function* listOf(
  parts: AsyncIterable<readonly (object | string)[]>,
): AsyncGenerator<string> {
  const pace = createPace()
  let separator = '[\n'
  for await (const items of parts) {
    let text = ''
    for (const item of items) {
      text += separator + JSON.stringify(item)
      separator = ',\n'
      await pace()
    }
    yield text
  }
  yield separator === '[\n' ? '[]' : '\n]'
}

function namesOf(row: FieldRow, names: ReadonlyMap<string, string>): string[] {
  return row.label_ids.flatMap((id) => names.get(id) ?? [])
}
