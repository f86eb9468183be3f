import type { Ask } from '../db/ask.ts'
import { bind } from '../db/bind.ts'
import { columns, type ContactRow } from '../contacts/rows.ts'
import type { MonthDayRange } from './upcoming.ts'

/** The owner's contacts whose birthday lies in one of the ranges, through the index on bday_md. */
export function findBirthdays(read: Ask, ownerId: string, ranges: MonthDayRange[]) {
  const { values, add } = bind([ownerId])
  const due = ranges.map(({ from, to }) => `bday_md between ${add(from)} and ${add(to)}`)
  return read<ContactRow>(
    `select ${columns} from contacts
    where owner_id = $1 and deleted_at is null and bday_md is not null and (${due.join(' or ')})`,
    values,
  )
}
