import type { Alternatives } from '../../book/search-words.ts'
import type { Ask } from '../../db/ask.ts'
import { bind } from '../../db/bind.ts'
import type { Arrays } from '../../db/columns.ts'
import { sorted, type Page } from './order.ts'
import { wholeColumns, type CardedRow, type WholeRow } from './rows.ts'
import { shownShape, wholeShape, type Listed, type Shape } from './shapes.ts'

// Made once: the same string again finds its prepared statement at once.
const oneContact = `select ${wholeColumns} from contacts
    where owner_id = $1 and id = $2 and deleted_at is null`

/** A contact in use, without its card. */
export async function findContact(read: Ask, ownerId: string, id: string) {
  const rows = await read<WholeRow>(oneContact, [ownerId, id])
  return rows[0]
}

const whole = { live: wholeWhere('null'), trash: wholeWhere('not null') }

function wholeWhere(deleted: 'null' | 'not null'): string {
  return `select ${wholeColumns}, card, version as card_version
    from contacts left join contact_cards on contact_cards.owner_id = contacts.owner_id
      and contact_cards.contact_id = contacts.id
    where contacts.owner_id = $1 and contacts.id = $2
      and deleted_at is ${deleted}`
}

/** A contact with its card, in use or in the trash. */
export async function findWhole(
  read: Ask,
  ownerId: string,
  id: string,
  from: 'live' | 'trash' = 'live',
) {
  const rows = await read<CardedRow>(whole[from], [ownerId, id])
  return rows[0]
}

/**
 * The contacts with these ids and their cards, in use or in the trash: each by its primary key, since of all
 * at once PostgreSQL would rather read a whole book that was small when it planned.
 */
export async function findWholes(
  read: Ask,
  ownerId: string,
  ids: readonly string[],
): Promise<Map<string, CardedRow>> {
  if (ids.length === 0) return new Map()
  const rows = await read<CardedRow>(
    `select ${wholeColumns}, card, version as card_version
    from unnest($2::uuid[]) as asked (id) cross join lateral (
      select ${wholeColumns} from contacts where owner_id = $1 and id = asked.id limit 1
    ) contacts left join lateral (
      select card, version from contact_cards
      where owner_id = $1 and contact_id = asked.id limit 1
    ) contact_cards on true`,
    [ownerId, ids],
  )
  return new Map(rows.map((row) => [row.id, row]))
}

/** The names of the owner's labels by their ids, without labels that are being deleted. */
export async function labelNames(read: Ask, ownerId: string, ids: readonly string[]) {
  if (ids.length === 0) return new Map<string, string>()
  const rows = await read<{ id: string; name: string }>(
    `select id, name from labels
    where owner_id = $1 and id = any($2::uuid[]) and name_key is not null`,
    [ownerId, ids],
  )
  return new Map(rows.map(({ id, name }) => [id, name]))
}

/** Which of the owner's contacts: all patterns match, and the label is on them. */
export type Filter = { patterns: Alternatives[]; labelId?: string | undefined }

/**
 * A page of the owner's contacts that the filter lets through, and one more row where there is a next
 * page, with the number of all of them.
 */
export function listContacts(read: Ask, ownerId: string, filter: Filter, page: Page) {
  return list(read, shownShape, ownerId, filter, page)
}

/** The same with all that there is of each contact. */
export function listWholeContacts(read: Ask, ownerId: string, filter: Filter, page: Page) {
  return list(read, wholeShape, ownerId, filter, page)
}

/** The same in any shape. */
export async function list<Row>(
  read: Ask,
  { columns, arrays, rowsOf }: Shape<Row>,
  ownerId: string,
  filter: Filter,
  page: Page,
): Promise<Listed<Row>> {
  const { order, after, skip, limit } = page
  const { values, add } = bind([ownerId])
  const matching = matchingOf(filter, add)
  const beyond = order.descending ? '<' : '>'
  const behind = after
    ? ` and (${order.column}, id) ${beyond} (${add(after.key)}${order.type}, ${add(after.id)}::uuid)`
    : ''
  const part = `${sorted(order)} limit ${add(limit + 1)} offset ${add(skip)}`
  // A page is found by ids alone where many rows are passed over, because these are in the covering
  // index; asked for whole rows, PostgreSQL would read the whole table for a rare word.
  const source =
    isEverything(filter) && skip === 0
      ? `contacts where ${matching}${behind} ${part}`
      : `contacts join (
          select owner_id, id from contacts where ${matching}${behind} ${part}
        ) found using (owner_id, id)
        where owner_id = $1 ${sorted(order)}`
  const [answer] = await read<Arrays & { total: number }>(
    `select ${arrays}, (select count(*) from contacts where ${matching}) as total
    from (
      select ${columns}, ${order.column} as place from ${source}
    ) page`,
    values,
  )
  return { rows: rowsOf(answer, order), total: answer?.total ?? 0 }
}

function matchingOf({ patterns, labelId }: Filter, add: (value: unknown) => string): string {
  return [
    'owner_id = $1',
    'deleted_at is null',
    ...patterns.map((one) => `search like any (${add(one)}::text[])`),
    ...labelledWith(labelId, add),
  ].join(' and ')
}

/** The conditions that the label is on a contact, if there is one: in the words of the index on these. */
export function labelledWith(
  labelId: string | undefined,
  add: (value: unknown) => string,
): string[] {
  return labelId ? [`label_ids <> '{}'`, `label_ids @> array[${add(labelId)}::uuid]`] : []
}

function isEverything({ patterns, labelId }: Filter): boolean {
  return patterns.length === 0 && labelId === undefined
}
