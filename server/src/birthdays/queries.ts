import type { Database } from '../db/database.ts'
import type { MonthDayRange } from './upcoming.ts'

/** The owner's contacts whose birthday lies in one of the ranges, through the index on bday_md. */
export function findBirthdays(db: Database, ownerId: string, ranges: MonthDayRange[]) {
  return db
    .selectFrom('contacts')
    .where('owner_id', '=', ownerId)
    .where('bday_md', 'is not', null)
    .where((contact) =>
      contact.or(ranges.map(({ from, to }) => contact.between('bday_md', from, to))),
    )
    .selectAll()
    .execute()
}
