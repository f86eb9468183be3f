import type { ContactDoc } from '../contacts/store/columns.ts'
import type { Ask } from '../db/ask.ts'
import { bind } from '../db/bind.ts'
import { fromArrays, inArrays, type Arrays } from '../db/columns.ts'
import type { Language } from './languages.ts'
import type { Kind } from './yearly-dates.ts'

/** What a user wants to see in their calendar. */
export type Settings = {
  reminders: string[]
  include: Kind[]
  /** Only contacts with one of these labels; all where it is empty. */
  label_ids: string[]
  language: Language
}

/** The settings of a calendar; times are ISO 8601. */
export type CalendarRow = Settings & {
  user_id: string
  created_at: string
  last_fetched_at: string | null
}

const columns = `calendars.user_id, calendars.reminders, calendars.include, calendars.label_ids,
  calendars.language, calendars.created_at, calendars.last_fetched_at`

/** The hash of the secret of a user's calendar. */
export async function findSecretHash(read: Ask, userId: string): Promise<Buffer | undefined> {
  const rows = await read<{ secret_hash: Buffer }>(
    'select secret_hash from calendars where user_id = $1',
    [userId],
  )
  return rows[0]?.secret_hash
}

/** Makes a calendar, or gives the one that is there another secret; then the old address is dead. */
export async function setSecret(
  write: Ask,
  userId: string,
  secretHash: Buffer,
  language: Language,
): Promise<CalendarRow | undefined> {
  const rows = await write<CalendarRow>(
    `insert into calendars (user_id, secret_hash, language, created_at) values ($1, $2, $3, now())
    on conflict (user_id) do update set secret_hash = excluded.secret_hash,
      created_at = excluded.created_at, last_fetched_at = null
    returning ${columns}`,
    [userId, secretHash, language],
  )
  return rows[0]
}

export async function findCalendar(read: Ask, userId: string) {
  const rows = await read<CalendarRow>(`select ${columns} from calendars where user_id = $1`, [
    userId,
  ])
  return rows[0]
}

/** Undefined: stays as it is. */
export type SettingsPatch = { [Name in keyof Settings]?: Settings[Name] | undefined }

/** Only what is given changes, so that two patches at once both count. */
export async function updateCalendar(write: Ask, userId: string, patch: SettingsPatch) {
  const { reminders = null, include = null, label_ids = null, language = null } = patch
  const rows = await write<CalendarRow>(
    `update calendars set reminders = coalesce($2::text[], reminders),
      include = coalesce($3::text[], include), label_ids = coalesce($4::uuid[], label_ids),
      language = coalesce($5, language)
    where user_id = $1 returning ${columns}`,
    [userId, reminders, include, label_ids, language],
  )
  return rows[0]
}

/** @returns whether there was one */
export async function deleteCalendar(write: Ask, userId: string): Promise<boolean> {
  const rows = await write('delete from calendars where user_id = $1 returning user_id', [userId])
  return rows.length > 0
}

/** A calendar as a program fetches it. */
export type FetchedCalendar = CalendarRow & { isLastNameFirst: boolean }

/** The calendar of a user, if it has this secret, unless the user is disabled. */
export async function findBySecret(read: Ask, userId: string, secretHash: Buffer) {
  const rows = await read<FetchedCalendar>(
    `select ${columns},
      coalesce(users.preferences ->> 'name_order' = 'last_name_first', false) as "isLastNameFirst"
    from calendars join users on users.id = calendars.user_id
    where calendars.user_id = $1 and calendars.secret_hash = $2 and users.disabled_at is null`,
    [userId, secretHash],
  )
  return rows[0]
}

/** Notes that a calendar was fetched; not more often than every few minutes, whatever is asked. */
export async function noteFetched(write: Ask, userId: string): Promise<void> {
  await write(
    `update calendars set last_fetched_at = now()
    where user_id = $1
      and (last_fetched_at is null or last_fetched_at < now() - interval '5 minutes')`,
    [userId],
  )
}

/**
 * The revision of the owner's book, another one also after a restored backup, and those of the labels that
 * are still there.
 */
export async function findBookState(read: Ask, ownerId: string, labelIds: readonly string[]) {
  const rows = await read<{ revision: string | null; label_ids: string[] }>(
    `select (select concat(epoch, '-', modseq) from owners where id = $1) as revision,
      array(
        select id from labels
        where owner_id = $1 and name_key is not null and id = any ($2::uuid[]) order by id
      ) as label_ids`,
    [ownerId, labelIds],
  )
  return rows[0] ?? { revision: null, label_ids: [] }
}

/** Which contacts a calendar has dates of. */
export type Selection = {
  include: readonly Kind[]
  /** Null: with or without labels. */
  labelIds: readonly string[] | null
}

/** What of a contact its dates are made of. */
export type DatedRow = {
  id: string
  first_name: string | null
  last_name: string | null
  email: string | null
  phone: string | null
  bday_year: number | null
  bday_md: number | null
  updated_at: string
  doc: ContactDoc
  died: string | null
}

const names = [
  'id',
  'first_name',
  'last_name',
  'email',
  'phone',
  'bday_year',
  'bday_md',
  'updated_at',
  'doc',
  'died',
] as const
const arrays = inArrays(names)
const times = new Set(['updated_at'])

const pageSize = 1_000
const firstId = '00000000-0000-0000-0000-000000000000'

/** The owner's contacts that may have dates, in the order in which they came, page by page. */
export async function* readDated(
  read: Ask,
  ownerId: string,
  selection: Selection,
): AsyncGenerator<DatedRow> {
  let next: Promise<DatedPage> | undefined = readPage(read, ownerId, selection, firstId)
  while (next) {
    const { size, last, rows }: DatedPage = await next
    // While one page is written out, the next one is on its way.
    next = last !== null && size === pageSize ? readPage(read, ownerId, selection, last) : undefined
    next?.catch(() => {})
    yield* rows
  }
}

type DatedPage = { size: number; last: string | null; rows: DatedRow[] }

async function readPage(
  read: Ask,
  ownerId: string,
  selection: Selection,
  after: string,
): Promise<DatedPage> {
  const { values, add } = bind([ownerId, after])
  // A page is all that stands there, with or without dates: so only the primary key fits, and no page
  // costs more than its own rows. Of the fields beyond columns only those that name somebody are sent.
  const [answer] = await read<Arrays & { size: number; last: string | null }>(
    `with part as materialized (
      select id, first_name, last_name, email, phone, bday_year, bday_md, updated_at, deleted_at,
        label_ids, doc
      from contacts where owner_id = $1 and id > $2 order by id limit ${pageSize}
    )
    select (select count(*) from part) as size,
      (select id from part order by id desc limit 1) as last, ${arrays}
    from (
      select id, first_name, last_name, email, phone, bday_year, bday_md, updated_at,
        doc - '{addresses,links,messengers,relations,custom_fields}'::text[] as doc,
        jsonb_path_query_first(doc, '$.custom_fields[*] ? (@.label == "Date of death").value') #>> '{}'
          as died
      from part where ${datedWhere(selection, add)} order by id
    ) page`,
    values,
  )
  const { size = 0, last = null, ...columns } = answer ?? {}
  return { size, last, rows: fromArrays<DatedRow>(names, times, columns) }
}

/** How many contacts may have dates. */
export async function countDated(read: Ask, ownerId: string, selection: Selection) {
  const { values, add } = bind([ownerId])
  const rows = await read<{ count: number }>(
    `select count(*) as count from contacts where owner_id = $1 and ${datedWhere(selection, add)}`,
    values,
  )
  return rows[0]?.count ?? 0
}

function datedWhere({ include, labelIds }: Selection, add: (value: unknown) => string): string {
  const kinds = [
    // A birthday that the columns cannot hold, and what else is called one, stands in `doc`.
    ...(include.includes('birthdays') ? ['bday_md is not null', `doc ? 'birthday'`] : []),
    ...(include.length > 0 ? [`doc ? 'dates'`] : ['false']),
  ]
  const labelled = labelIds === null ? '' : ` and label_ids && ${add(labelIds)}::uuid[]`
  return `deleted_at is null and (${kinds.join(' or ')})${labelled}`
}
