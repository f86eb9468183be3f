import { nextOccurrence, type CalendarDay } from '@kith/server/birthdays/upcoming'
import { parseBirthday } from '@kith/server/book/birthday'

/** A contact with a birthday. */
export type Born = { id: string; title: string; birthday: string }

export type Celebration<Person extends Born = Born> = {
  person: Person
  /** `YYYY-MM-DD`. */
  date: string
  daysUntil: number
  /** The age reached that day; null where the year is unknown. */
  turns: number | null
}

export type BirthdayGroup<Person extends Born = Born> = {
  /** `YYYY-MM` for what is further away than a week. */
  when: 'today' | 'week' | (string & {})
  celebrations: Celebration<Person>[]
}

/** Both ends count: today to today + 7, as in the server's list. */
const daysOfWeek = 7

/** Everybody's next birthday, soonest first, in groups: today, this week, then by month. */
export function groupBirthdays<Person extends Born>(
  people: readonly Person[],
  today: CalendarDay,
): BirthdayGroup<Person>[] {
  const celebrations = people.flatMap((person) => celebrationOf(person, today))
  const compare = new Intl.Collator().compare
  celebrations.sort((a, b) => a.daysUntil - b.daysUntil || compare(a.person.title, b.person.title))
  const groups = Map.groupBy(celebrations, groupOf)
  return Array.from(groups, ([when, celebrations]) => ({ when, celebrations }))
}

function celebrationOf<Person extends Born>(person: Person, today: CalendarDay) {
  const birthday = parseBirthday(person.birthday)
  return birthday ? [{ person, ...nextOccurrence(birthday, today) }] : []
}

function groupOf({ date, daysUntil }: Celebration): string {
  if (daysUntil === 0) return 'today'
  return daysUntil <= daysOfWeek ? 'week' : date.slice(0, 7)
}
