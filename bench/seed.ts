import { columnsVersion } from '../server/src/contacts/store/columns.ts'
import { emailOf, hashPassword } from './accounts.ts'
import { isComplete, placeOf, type Dataset, type SampleRow } from './dataset.ts'
import { contactId, sessionId, userId } from './ids.ts'

/** Loads rows as COPY takes them, in its text format. */
export type Copy = (table: string, columns: string[], rows: Iterable<string>) => Promise<void>

const sampleColumns = [
  'first_name',
  'last_name',
  'email',
  'phone',
  'bday_year',
  'bday_md',
  'additional_data',
  'sort_key',
  'search',
  'notes_search',
] as const

/** People add some contacts at a time, so a book does not lie in one place of the table. */
const contactsAtOnce = 20

/** Fills an empty, migrated database with accounts that are logged in, and their contacts. */
export async function seed(copy: Copy, dataset: Dataset): Promise<void> {
  const passwordHash = await hashPassword()
  await copy(
    'users',
    ['id', 'username', 'email', 'password_hash', 'confirmed_at'],
    perUser(dataset, (user) => [
      userId(user),
      `Ada Lovelace ${user}`,
      emailOf(user),
      passwordHash,
      '2026-01-01T00:00:00Z',
    ]),
  )
  await copy(
    'user_emails',
    ['email_key', 'user_id'],
    perUser(dataset, (user) => [emailOf(user).toLowerCase(), userId(user)]),
  )
  const agent = 'Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0'
  await copy(
    'sessions',
    ['user_id', 'id', 'confirmed_gen', 'user_agent', 'ip', 'expires_at'],
    perUser(dataset, (user) => [
      userId(user),
      sessionId(user),
      1,
      agent,
      '127.0.0.1',
      Temporal.Now.instant().add({ hours: 48 }).toString(),
    ]),
  )
  await copy(
    'owners',
    ['id', 'modseq'],
    perUser(dataset, (user) => [userId(user), dataset.contacts]),
  )
  await copy(
    'contacts',
    ['owner_id', 'id', 'modseq', 'created_at', 'updated_at', 'proj_version', ...sampleColumns],
    contactRows(dataset),
  )
  // Nothing is left to be written anew while the server is measured.
  await copy(
    'column_versions',
    ['version', 'finished_at', 'confirmed_at'],
    [`${columnsVersion}\tnow\tnow\n`],
  )
}

function* perUser({ users }: Dataset, rowOf: (user: number) => Value[]) {
  for (let user = 1; user <= users; user++) yield `${rowOf(user).map(escaped).join('\t')}\n`
}

function* contactRows({ users, contacts, rows, completeRows }: Dataset) {
  const samples = rows.map(sampleValues)
  const completeSamples = completeRows.map(sampleValues)
  const rowOf = (user: number, contact: number) => {
    const sample = (isComplete(contact) ? completeSamples : samples)[placeOf(user, contact)]
    const at = timeOf(contact)
    return `${userId(user)}\t${contactId(user, contact)}\t${contact + 1}\t${at}\t${at}\t${columnsVersion}\t${sample}\n`
  }
  for (let first = 0; first < contacts; first += contactsAtOnce) {
    const end = Math.min(first + contactsAtOnce, contacts)
    for (let user = 1; user <= users; user++) {
      let block = ''
      for (let contact = first; contact < end; contact++) block += rowOf(user, contact)
      yield block
    }
  }
}

function sampleValues(row: SampleRow): string {
  return sampleColumns.map((column) => escaped(row[column])).join('\t')
}

function timeOf(contact: number): string {
  return new Date(Date.UTC(2026, 0, 1) + contact * 3_600_123).toISOString()
}

type Value = string | number | null

// https://www.postgresql.org/docs/current/sql-copy.html, "Text Format"
const escapes: Record<string, string> = { '\\': '\\\\', '\t': '\\t', '\n': '\\n', '\r': '\\r' }

function escaped(value: Value): string {
  if (value === null) return String.raw`\N`
  return String(value).replaceAll(/[\\\t\n\r]/g, (character) => escapes[character] ?? character)
}
