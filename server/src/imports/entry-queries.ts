import type { Ask } from '../db/ask.ts'
import { bind } from '../db/bind.ts'
import type { Outcome } from './file/entry.ts'
import type { ImportKey } from './import-row.ts'
import type { Remark } from './remarks/remark.ts'
import type { EntriesQuery } from './schema.ts'

/** The report of an entry; `source` is the entry as it stands in the file, as JSON. */
export type Report = {
  number: number
  outcome: Outcome
  contactId: string | null
  name: string | null
  remarks: readonly Remark[]
  source: string | null
}

export async function insertReports(
  write: Ask,
  { ownerId, importId }: ImportKey,
  reports: readonly Report[],
) {
  if (reports.length === 0) return
  await write(
    `insert into import_entries
      (owner_id, import_id, number, outcome, contact_id, name, remarks, source)
    select $1, $2, * from unnest($3::integer[], $4::text[], $5::uuid[], $6::text[], $7::jsonb[],
      $8::text[])`,
    [
      ownerId,
      importId,
      reports.map(({ number }) => number),
      reports.map(({ outcome }) => outcome),
      reports.map(({ contactId }) => contactId),
      reports.map(({ name }) => name),
      reports.map(({ remarks }) => jsonOf(remarks)),
      reports.map(({ source }) => source),
    ],
  )
}

export type EntryRow = {
  number: number
  outcome: Outcome
  contact_id: string | null
  name: string | null
  /** What an older version has told; null where there are remarks. */
  reason: string | null
  remarks: Remark[] | null
}

export function listEntries(
  read: Ask,
  { ownerId, importId }: ImportKey,
  { outcome, remarked, after, limit }: EntriesQuery,
) {
  const { values, add } = bind([ownerId, importId, after])
  const only = outcome === undefined ? `outcome <> 'group'` : `outcome = ${add(outcome)}`
  const told = remarked
    ? ` and outcome <> 'failed' and (remarks is not null or reason is not null)`
    : ''
  return read<EntryRow>(
    `select number, outcome, contact_id, name, reason, remarks from import_entries
    where owner_id = $1 and import_id = $2 and number > $3 and ${only}${told}
    order by number limit ${add(limit)}`,
    values,
  )
}

/** Failed entries as they stand in the file: a few at a time, since they may be large. */
export function findFailed(read: Ask, { ownerId, importId }: ImportKey, after: number) {
  return read<{ number: number; source: string }>(
    `select number, source from (
      select number, source, sum(octet_length(source)) over (order by number)
        - octet_length(source) as before
      from (
        select number, source from import_entries
        where owner_id = $1 and import_id = $2 and number > $3 and outcome = 'failed'
          and source is not null and source <> 'null'
        order by number limit 100
      ) page
    ) sized where before < 1048576 order by number`,
    [ownerId, importId, after],
  )
}

export async function findGroupEntry(read: Ask, { ownerId, importId }: ImportKey) {
  const rows = await read<{ number: number; name: string; source: string }>(
    `select number, name, source from import_entries
    where owner_id = $1 and import_id = $2 and outcome = 'group' order by number limit 1`,
    [ownerId, importId],
  )
  return rows[0]
}

export async function finishGroupEntry(
  write: Ask,
  { ownerId, importId }: ImportKey,
  number: number,
  { outcome, remarks, source }: Pick<Report, 'outcome' | 'remarks' | 'source'>,
) {
  await write(
    `update import_entries set outcome = $4, remarks = $5, source = $6
    where owner_id = $1 and import_id = $2 and number = $3`,
    [ownerId, importId, number, outcome, jsonOf(remarks), source],
  )
}

/** As a column holds them. */
function jsonOf(remarks: readonly Remark[]): string | null {
  return remarks.length === 0 ? null : JSON.stringify(remarks)
}
