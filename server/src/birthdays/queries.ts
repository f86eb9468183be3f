import {
  columnList,
  shownColumnNames,
  timeColumns,
  type ContactRow,
} from '../contacts/store/rows.ts'
import type { Ask } from '../db/ask.ts'
import { bind } from '../db/bind.ts'
import { fromArrays, inArrays, type Arrays } from '../db/columns.ts'
import type { MonthDayRange } from './upcoming.ts'

const names = [...shownColumnNames, 'sort_key'] as const
const columns = columnList(names)
const arrays = inArrays(names)
export type BirthdayRow = Pick<ContactRow, (typeof names)[number]>

/** The owner's contacts whose birthday lies in one of the ranges, through the index on bday_md. */
export async function findBirthdays(
  read: Ask,
  ownerId: string,
  ranges: MonthDayRange[],
): Promise<BirthdayRow[]> {
  const { values, add } = bind([ownerId])
  const due = ranges.map(({ from, to }) => `bday_md between ${add(from)} and ${add(to)}`)
  const [answer] = await read<Arrays>(
    `select ${arrays} from (
      select ${columns} from contacts
      where owner_id = $1 and deleted_at is null and bday_md is not null and (${due.join(' or ')})
    ) page`,
    values,
  )
  return fromArrays(names, timeColumns, answer ?? {})
}
