import { useEffect, useMemo, useState } from 'react'
import { Link } from 'wouter'
import { rowOf } from '../data/book.ts'
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
import type { Slot } from '../worker/calls.ts'
import {
  groupBirthdays,
  isSoon,
  type BirthdayGroup,
  type Born,
  type Celebration,
} from './group-birthdays.ts'
import { useToday } from './use-today.ts'
import styles from './birthdays.module.css'

type Person = Born & { slot: Slot }

/** Whose birthday it is today, this week, and in each month of the coming year. */
export function Birthdays() {
  const people = useBirthdays()
  const today = useToday()
  const groups = useMemo(() => (people ? groupBirthdays(people, today) : []), [people, today])
  if (people === null) return null
  const soon = groups.flatMap(({ celebrations }) => celebrations.filter(isSoon)).length
  const subscribe = (
    <LinkButton to={to.settings('calendar')} icon={CalendarPlusIcon}>
      {text('birthdays.subscribe')}
    </LinkButton>
  )
  return (
    <Page>
      <PageHeading
        note={people.length > 0 ? text('birthdays.soon', { count: soon }) : undefined}
        actions={people.length > 0 ? subscribe : undefined}
      >
        {text('birthdays.title')}
      </PageHeading>
      {people.length === 0 ? (
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
            <Group key={group.when} group={group} />
          ))}
        </div>
      )}
    </Page>
  )
}

function useBirthdays(): Person[] | null {
  const [people, setPeople] = useState<Person[] | null>(null)
  useEffect(() => {
    let isCurrent = true
    const read = () => void worker.birthdays().then((people) => isCurrent && setPeople(people))
    read()
    const unsubscribe = contactsChanged.subscribe(read)
    return () => {
      isCurrent = false
      unsubscribe()
    }
  }, [])
  return people
}

function Group({ group: { when, celebrations } }: { group: BirthdayGroup<Person> }) {
  return (
    <section className={styles.group} data-when={when.length === 7 ? 'month' : when}>
      <h2 className={styles.when}>{groupTitle(when)}</h2>
      <div className={styles.card}>
        {partsOf(celebrations).map((part) => (
          <WhenNear key={part[0]?.person.id} rows={part.length}>
            {() => <Rows celebrations={part} />}
          </WhenNear>
        ))}
      </div>
    </section>
  )
}

// A full book has thousands of birthdays a month.
const rowsOfPart = 50

function partsOf<Item>(items: readonly Item[]): Item[][] {
  const count = Math.ceil(items.length / rowsOfPart)
  return Array.from({ length: count }, (_, at) =>
    items.slice(at * rowsOfPart, (at + 1) * rowsOfPart),
  )
}

function Rows({ celebrations }: { celebrations: readonly Celebration<Person>[] }) {
  return (
    <ul className={styles.list}>
      {celebrations.map((celebration) => (
        <li key={celebration.person.id}>
          <Row celebration={celebration} />
        </li>
      ))}
    </ul>
  )
}

function Row({ celebration }: { celebration: Celebration<Person> }) {
  const { person, date, daysUntil, turns } = celebration
  const row = rowOf(person.slot)
  const photo = usePhoto(row?.photo ?? null, 96)
  const isToday = daysUntil === 0
  return (
    <Link href={to.contact(person.id)} className={styles.row}>
      <Avatar id={person.id} name={person.title} photo={photo} />
      <span className={styles.name}>{person.title}</span>
      <span className={styles.day}>
        <span>{isToday ? text('birthdays.today') : dayText(date)}</span>
        {turns ? (
          <span className={styles.age}>{text('birthdays.turns', { age: turns })}</span>
        ) : null}
      </span>
    </Link>
  )
}

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
function dayText(date: string): string {
  return new Intl.DateTimeFormat(currentLocale(), {
    weekday: 'short',
    day: 'numeric',
    month: 'long',
    timeZone: 'UTC',
  }).format(new Date(`${date}T00:00Z`))
}
