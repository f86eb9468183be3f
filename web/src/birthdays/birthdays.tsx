import type { CalendarDay } from '@kith/server/birthdays/upcoming'
import { startTransition, useEffect, useState } from 'react'
import { Link } from 'wouter'
import { rowOf, type Row } from '../data/book.ts'
import { worker } from '../data/client.ts'
import { contactsChanged } from '../data/signals.ts'
import { usePhoto } from '../data/use-photo.ts'
import { to } from '../routes.ts'
import { currentLocale, text } from '../strings/text.ts'
import { Avatar } from '../ui/avatar.tsx'
import { EmptyState } from '../ui/empty-state.tsx'
import { CakeIcon, CalendarPlusIcon } from '../ui/icons.ts'
import { LinkButton } from '../ui/link-button.tsx'
import { PageHeading } from '../ui/page-heading.tsx'
import { Page } from '../ui/page.tsx'
import { WhenNear } from '../ui/when-near.tsx'
import type { Birthdays as BirthdayGroup } from '../worker/calls.ts'
import { useToday } from './use-today.ts'
import styles from './birthdays.module.css'

/** Whose birthday it is today, this week, and in each month of the coming year. */
export function Birthdays() {
  const today = useToday()
  const groups = useBirthdays(today)
  if (groups === null) return null
  const isEmpty = groups.length === 0
  const soon = groups.filter(isSoon).reduce((sum, { slots }) => sum + slots.length, 0)
  const subscribe = (
    <LinkButton to={to.settings('calendar')} icon={CalendarPlusIcon}>
      {text('birthdays.subscribe')}
    </LinkButton>
  )
  return (
    <Page>
      <PageHeading
        note={isEmpty ? undefined : text('birthdays.soon', { count: soon })}
        actions={isEmpty ? undefined : subscribe}
      >
        {text('birthdays.title')}
      </PageHeading>
      {isEmpty ? (
        <EmptyState
          icon={CakeIcon}
          title={text('birthdays.empty')}
          actions={
            <LinkButton to={to.contacts} variant="primary">
              {text('birthdays.toContacts')}
            </LinkButton>
          }
        >
          {text('birthdays.emptyNote')}
        </EmptyState>
      ) : (
        <div className={styles.groups}>
          {groups.map((group) => (
            <Group key={group.when} group={group} today={today} />
          ))}
        </div>
      )}
    </Page>
  )
}

const isSoon = ({ when }: BirthdayGroup) => when === 'today' || when === 'week'

function useBirthdays(today: CalendarDay): BirthdayGroup[] | null {
  const [groups, setGroups] = useState<BirthdayGroup[] | null>(null)
  useEffect(() => {
    let isCurrent = true
    const read = async () => {
      const groups = await worker.birthdays(today)
      // In slices: there may be twenty thousand.
      if (isCurrent) startTransition(() => setGroups(groups))
    }
    void read()
    const unsubscribe = contactsChanged.subscribe(() => void read())
    return () => {
      isCurrent = false
      unsubscribe()
    }
  }, [today])
  return groups
}

// A full book has thousands of birthdays a month.
const rowsOfPart = 50

type GroupProps = { group: BirthdayGroup; today: CalendarDay }

function Group({ group, today }: GroupProps) {
  const { when, slots } = group
  const parts = Array.from(
    { length: Math.ceil(slots.length / rowsOfPart) },
    (_, at) => at * rowsOfPart,
  )
  return (
    <section className={styles.group} data-when={when.length === 7 ? 'month' : when}>
      <h2 className={styles.when}>{groupTitle(when)}</h2>
      <div className={styles.card}>
        {parts.map((first) => (
          <WhenNear key={first} rows={Math.min(rowsOfPart, slots.length - first)}>
            {() => <Rows group={group} first={first} today={today} />}
          </WhenNear>
        ))}
      </div>
    </section>
  )
}

function Rows({ group, first, today }: GroupProps & { first: number }) {
  const rows = Array.from(group.slots.subarray(first, first + rowsOfPart), (slot, at) => {
    const row = rowOf(slot)
    return row ? [{ row, at: first + at }] : []
  })
  return (
    <ul className={styles.list}>
      {rows.flat().map(({ row, at }) => (
        <li key={row.id}>
          <Celebrant
            row={row}
            date={dateAfter(today, group.daysUntil[at] ?? 0)}
            isToday={group.when === 'today'}
            turns={group.turns[at] ?? 0}
          />
        </li>
      ))}
    </ul>
  )
}

type CelebrantProps = { row: Row; date: Date; isToday: boolean; turns: number }

function Celebrant({ row, date, isToday, turns }: CelebrantProps) {
  const photo = usePhoto(row.photo, 96)
  return (
    <Link href={to.contact(row.id)} className={styles.row}>
      <Avatar id={row.id} name={row.title} photo={photo} />
      <span className={styles.name}>{row.title}</span>
      <span className={styles.day}>
        <span>{isToday ? text('birthdays.today') : dayText(date)}</span>
        {turns > 0 ? (
          <span className={styles.age}>{text('birthdays.turns', { age: turns })}</span>
        ) : null}
      </span>
    </Link>
  )
}

const dateAfter = ({ year, month, day }: CalendarDay, days: number) =>
  new Date(Date.UTC(year, month - 1, day + days))

function groupTitle(when: string): string {
  if (when === 'today') return text('birthdays.today')
  if (when === 'week') return text('birthdays.week')
  const isThisYear = when.startsWith(String(new Date().getFullYear()))
  return new Intl.DateTimeFormat(currentLocale(), {
    month: 'long',
    ...(!isThisYear && { year: 'numeric' }),
    timeZone: 'UTC',
  }).format(new Date(`${when}-01T00:00Z`))
}

/** “Sat, 12 December” */
function dayText(date: Date): string {
  return new Intl.DateTimeFormat(currentLocale(), {
    weekday: 'short',
    day: 'numeric',
    month: 'long',
    timeZone: 'UTC',
  }).format(date)
}
