import { withBirthdayAsDate } from '../contacts/birthday-as-date.ts'
import { presentContact } from '../contacts/present.ts'
import { fromColumns } from '../contacts/store/columns.ts'
import type { CsvContact } from '../csv/own-layout.ts'
import { writeCsv } from '../csv/write-csv.ts'
import type { Ask } from '../db/ask.ts'
import { createPace } from '../pace.ts'
import {
  countLists,
  readContacts,
  readLabelNames,
  type ExportRow,
  type Selection,
} from './queries.ts'

/**
 * Contacts as our own CSV.
 * @throws RangeError when a contact gets a longer list than any had at the start: then the download
 *   breaks off, and says so, rather than leave something out
 */
export async function* exportCsv(
  read: Ask,
  ownerId: string,
  selection: Selection,
): AsyncGenerator<string> {
  const counts = await countLists(read, ownerId, selection.labelId)
  yield* writeCsv(rowsOf(read, ownerId, selection), counts)
}

async function* rowsOf(
  read: Ask,
  ownerId: string,
  selection: Selection,
): AsyncGenerator<CsvContact> {
  const names = await readLabelNames(read, ownerId)
  const pace = createPace()
  for await (const row of readContacts(read, ownerId, selection)) {
    const contact = withBirthdayAsDate(fromColumns(row))
    yield { contact, labels: namesOf(row, names), uid: row.uid ?? row.id }
    await pace()
  }
}

/** Contacts as a JSON array: each as the API answers it, with its UID and the names of its labels. */
export async function* exportJson(
  read: Ask,
  ownerId: string,
  selection: Selection,
): AsyncGenerator<string> {
  const names = await readLabelNames(read, ownerId)
  const pace = createPace()
  let separator = '[\n'
  for await (const row of readContacts(read, ownerId, selection)) {
    yield separator + JSON.stringify(jsonOf(row, names))
    separator = ',\n'
    await pace()
  }
  yield separator === '[\n' ? '[]\n' : '\n]\n'
}

export function jsonOf(row: ExportRow, names: ReadonlyMap<string, string>) {
  return { ...presentContact(row), uid: row.uid ?? row.id, labels: namesOf(row, names) }
}

function namesOf(row: ExportRow, names: ReadonlyMap<string, string>): string[] {
  return row.label_ids.flatMap((id) => names.get(id) ?? [])
}
