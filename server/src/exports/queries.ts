import { lists } from '../book/fields.ts'
import {
  columnList,
  personColumnNames,
  wholeColumnNames,
  wholeColumns,
  type CardedRow,
} from '../contacts/store/rows.ts'
import type { Counts } from '../csv/own-layout.ts'
import type { Ask } from '../db/ask.ts'
import { bind } from '../db/bind.ts'

/** The columns that the fields of a contact are made of, and those that say which one it is. */
const fieldColumns = [
  ...personColumnNames,
  'uid',
  'label_ids',
  'deleted_at',
  'additional_data',
] as const satisfies (keyof CardedRow)[]

/** What a table needs of a contact and its card. */
export type FieldRow = Pick<CardedRow, (typeof fieldColumns)[number] | 'card'>

/** A contact with its card. `revisions` counts its history, where that was asked for. */
export type ExportRow = CardedRow & { revisions: number }

/** The same with its card only if that is small; a larger one, of `card_octets`, has to be fetched. */
type ReadRow = ExportRow & { card_octets: number }

/** Which contacts, and what of them. */
export type Selection = {
  labelId?: string | undefined
  from?: 'live' | 'trash'
  /**
   * `instead of columns` leaves out those of contacts that have a card, and need nothing else;
   * `with fields alone` reads no more than {@link FieldRow}: a column costs as much to read as a cell to
   * write.
   */
  withCards?: boolean | 'instead of columns' | 'with fields alone'
  withRevisions?: boolean
}

// More at a time would be no faster, and keep others waiting while they are read.
export const pageSize = 100
// So that a page of them stays small, whatever photos there are.
export const maxCardOctets = 16 * 1024
// Of the cards that are handed on together.
const maxOctetsAtOnce = 256 * 1024
export const firstId = '00000000-0000-0000-0000-000000000000'

/**
 * All of an owner's contacts in the order in which they came, some at a time. Their cards are as many as
 * may be held at once.
 */
export async function* readContacts(
  read: Ask,
  ownerId: string,
  selection: Selection,
): AsyncGenerator<ExportRow[]> {
  const { from = 'live' } = selection
  let next: Promise<ReadRow[]> | undefined = readPage(read, ownerId, selection, firstId)
  while (next) {
    const page: ReadRow[] = await next
    const last = page.at(-1)
    // While one page is written out, the next one is on its way.
    next =
      last && page.length === pageSize ? readPage(read, ownerId, selection, last.id) : undefined
    next?.catch(() => {})
    const wanted = page.filter((row) => (row.deleted_at === null) === (from === 'live'))
    for (const rows of partsOf(wanted)) yield await withLargeCards(read, ownerId, rows)
  }
}

/** The same with no more of each contact than {@link FieldRow}. */
export function readFields(
  read: Ask,
  ownerId: string,
  selection: Selection,
): AsyncGenerator<FieldRow[]> {
  return readContacts(read, ownerId, { ...selection, withCards: 'with fields alone' })
}

/** Rows whose cards have no more octets together than may be held at once, or single ones. */
function* partsOf(rows: readonly ReadRow[]): Generator<ReadRow[]> {
  let part: ReadRow[] = []
  let octets = 0
  for (const row of rows) {
    octets += row.card_octets
    if (part.length > 0 && octets > maxOctetsAtOnce) {
      yield part
      part = []
      octets = row.card_octets
    }
    part.push(row)
  }
  if (part.length > 0) yield part
}

async function withLargeCards(read: Ask, ownerId: string, rows: ReadRow[]): Promise<ExportRow[]> {
  for (const row of rows) {
    if (row.card === null && row.card_octets > 0) row.card = await readCard(read, ownerId, row.id)
  }
  return rows
}

/** The card of a contact, if it is still there. */
async function readCard(read: Ask, ownerId: string, id: string): Promise<string | null> {
  const rows = await read<{ card: string }>(
    'select card from contact_cards where owner_id = $1 and contact_id = $2',
    [ownerId, id],
  )
  return rows[0]?.card ?? null
}

/** Whether a book was changed more often than so many times, as one with more contacts must have been. */
export async function hasMoreChanges(read: Ask, ownerId: string, than: number): Promise<boolean> {
  const rows = await read('select from owners where id = $1 and modseq > $2', [ownerId, than])
  return rows.length > 0
}

const alwaysRead: ReadonlySet<string> = new Set(['id', 'label_ids', 'deleted_at'])
const columnsWithoutCard = wholeColumnNames
  .map((name) => {
    const column = `contacts.${name}`
    return alwaysRead.has(name) ? column : `case when card is null then ${column} end as ${name}`
  })
  .join(', ')

function readPage(read: Ask, ownerId: string, selection: Selection, after: string) {
  const { labelId, withCards = false, withRevisions = false } = selection
  const { values, add } = bind([ownerId, after])
  const labelled = labelId
    ? `and label_ids <> '{}' and label_ids @> array[${add(labelId)}::uuid]`
    : ''
  const card = withCards
    ? `case when octet_length(card) <= ${maxCardOctets} then card end as card,
      version as card_version, coalesce(octet_length(card), 0) as card_octets`
    : 'null as card, null as card_version, 0 as card_octets'
  const join = withCards
    ? `left join lateral (
        select card, version from contact_cards
        where owner_id = $1 and contact_id = contacts.id limit 1
      ) contact_cards on true`
    : ''
  const revisions = withRevisions
    ? `(select count(*) from contact_revisions
        where owner_id = $1 and contact_id = contacts.id)`
    : '0'
  // Includes the trash: so only the primary key fits, and no plan from when the table was empty sorts
  // the whole book for each page.
  return read<ReadRow>(
    `select ${columnsOf(withCards)}, ${card}, ${revisions} as revisions from (
      select * from contacts where owner_id = $1 and id > $2 ${labelled}
      order by id limit ${pageSize}
    ) contacts ${join} order by contacts.id`,
    values,
  )
}

function columnsOf(withCards: Selection['withCards']): string {
  if (withCards === 'instead of columns') return columnsWithoutCard
  return withCards === 'with fields alone' ? columnList(fieldColumns) : wholeColumns
}

export type ExportLabel = { id: string; name: string; colour: string | null }

/** All labels, by id. */
export async function readLabels(read: Ask, ownerId: string): Promise<Map<string, ExportLabel>> {
  const rows = await read<ExportLabel>(
    'select id, name, colour from labels where owner_id = $1 and name_key is not null',
    [ownerId],
  )
  return new Map(rows.map((label) => [label.id, label]))
}

/** The names of all labels, by id. */
export async function readLabelNames(read: Ask, ownerId: string): Promise<Map<string, string>> {
  const labels = await readLabels(read, ownerId)
  return new Map([...labels].map(([id, { name }]) => [id, name]))
}

/** How many values the longest list of each kind has. */
export async function countLists(
  read: Ask,
  ownerId: string,
  labelId: string | undefined,
): Promise<Counts> {
  const { values, add } = bind([ownerId])
  const lengths = lists.map((list) => `max(jsonb_array_length(doc -> '${list}')) as ${list}`)
  const labelled = labelId
    ? `and label_ids <> '{}' and label_ids @> array[${add(labelId)}::uuid]`
    : ''
  type Lengths = { [List in keyof Counts]: number | null }
  const rows = await read<Lengths & { has_email: boolean; has_phone: boolean; has_day: boolean }>(
    `select ${lengths.join(', ')}, bool_or(email is not null) as has_email,
      bool_or(phone is not null) as has_phone, bool_or(doc ? 'birthday') as has_day
    from contacts where owner_id = $1 and deleted_at is null ${labelled}`,
    values,
  )
  const [found] = rows
  const counts = Object.fromEntries(lists.map((list) => [list, found?.[list] ?? 0])) as Counts
  return {
    ...counts,
    // A single value without a label stands in its column only.
    emails: Math.max(counts.emails, found?.has_email ? 1 : 0),
    phones: Math.max(counts.phones, found?.has_phone ? 1 : 0),
    // A birthday in the future stands among the dates.
    dates: counts.dates + (found?.has_day ? 1 : 0),
  }
}
