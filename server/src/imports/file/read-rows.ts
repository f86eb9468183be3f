import type { Contact } from '../../book/contact.ts'
import type { FileCharset } from '../../charset/file-charset.ts'
import { countColumns } from '../../csv/own-layout.ts'
import { readCsv, type CsvRow } from '../../csv/read-csv.ts'
import { canonicalContact } from '../../vcard/canonical.ts'
import { fullName, noName } from '../../vcard/fields/full-name.ts'
import { remarksOnBirthday } from '../remarks/of-birthday.ts'
import { remark, type Remark } from '../remarks/remark.ts'
import type { FileSummary } from '../run/run-queries.ts'
import { isBlank, type Entry, type RowEntry } from './entry.ts'
import { fingerprintRow } from './fingerprint.ts'

const maxNameLength = 200
const maxUidOctets = 1024

const maxNamed = 100

/**
 * Counts the rows of a CSV file without the header, and looks which columns with texts mean nothing to
 * us, and whether no contact has a name.
 */
export async function countRows(
  chunks: AsyncIterable<Uint8Array>,
  charset: FileCharset | null,
  count: () => unknown,
): Promise<Omit<FileSummary, 'entries' | 'charset'>> {
  const { headers, unknown, records, read } = await readCsv(chunks, charset)
  const filled = new Set<number>()
  let isAnybodyNamed = false
  let isAnybodyThere = false
  for await (const record of records) {
    for (const index of unknown) if (record.cells[index]?.trim()) filled.add(index)
    const row: CsvRow | null = isAnybodyNamed ? null : read(record)
    if (row && 'contact' in row) {
      isAnybodyThere = true
      isAnybodyNamed = fullName({ ...row.contact, emails: [], phones: [] }) !== noName
    }
    await count()
  }
  const unknownColumns = [...filled]
    .slice(0, maxNamed)
    .map((index) => shown(headers[index] ?? '') ?? '')
    .filter(Boolean)
  const warnings = isAnybodyThere && !isAnybodyNamed ? [remark('nobody_named')] : []
  return { headers, unknownColumns, warnings }
}

/** Reads the rows of a CSV file behind the first `after`, which are skipped. */
export async function* readRows(
  chunks: AsyncIterable<Uint8Array>,
  charset: FileCharset | null,
  after: number,
): AsyncGenerator<Entry> {
  const { headers, records, read } = await readCsv(chunks, charset)
  const columns = countColumns(headers)
  let number = 0
  for await (const record of records) {
    number++
    if (number > after) yield readRow(read(record), number, columns)
  }
}

function readRow(row: CsvRow, number: number, columns: RowEntry['columns']): Entry {
  const { cells: source } = row
  const failed = (why: Remark, name: string | null, kept: string[] | null = source): Entry => {
    return { kind: 'failed', number, name, remark: why, source: kept }
  }
  // Imported again, a row that was cut off would become another contact.
  if ('code' in row) {
    return failed(remark(`row_${row.code}`), startOf(source), row.isTruncated ? null : source)
  }
  // A file that Kith exported says exactly what the contact was.
  const contact = row.uid === null ? canonicalContact(row.contact) : row.contact
  if (isBlank(contact) && row.uid === null) return failed(remark('row_empty'), startOf(source))
  const name = nameOf(contact)
  if (row.uid !== null && Buffer.byteLength(row.uid) > maxUidOctets) {
    return failed(remark('row_uid_too_long', { octets: maxUidOctets }), name)
  }
  const { labels, uid, beyond = [] } = row
  const fingerprints = fingerprintRow(contact, uid, labels)
  const remarks = remarksOnBirthday(contact)
  const said = { fingerprints, remarks, archived: null }
  return { kind: 'row', number, name, contact, labels, uid, columns, beyond, source, ...said }
}

function nameOf(contact: Contact): string | null {
  const name = fullName(contact)
  return name === noName ? null : shown(name)
}

function startOf(cells: string[]): string | null {
  return shown(cells.filter(Boolean).slice(0, 3).join(' '))
}

function shown(text: string): string | null {
  return text.slice(0, maxNameLength).replaceAll('\0', '\ufffd').toWellFormed().trim() || null
}
