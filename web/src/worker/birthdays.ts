import type { CalendarDay } from '@kith/server/birthdays/upcoming'
import type { Birthdays } from './calls.ts'
import { groupBirthdays, type BirthdayGroup, type Born } from './group-birthdays.ts'
import type { IndexRow } from './index-row.ts'

type Person = Born & { slot: number }

/** Everybody's next birthday, in groups. */
export function birthdaysOf(rows: readonly (IndexRow | null)[], today: CalendarDay): Birthdays[] {
  const people = rows.flatMap((row, slot) =>
    row?.birthday ? [{ id: row.id, slot, title: row.title, birthday: row.birthday }] : [],
  )
  return groupBirthdays(people, today).map(columnsOf)
}

/** Arrays of numbers are cloned into the page at once, objects one by one. */
function columnsOf({ when, celebrations }: BirthdayGroup<Person>): Birthdays {
  return {
    when,
    slots: Uint32Array.from(celebrations, ({ person }) => person.slot),
    daysUntil: Uint16Array.from(celebrations, ({ daysUntil }) => daysUntil),
    turns: Uint16Array.from(celebrations, ({ turns }) => turns ?? 0),
  }
}
