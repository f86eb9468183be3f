import assert from 'node:assert/strict'
import { execFile, execFileSync } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import ICAL from 'ical.js'
import type { NewCalendar } from '../src/calendar/schema.ts'
import { expectStatus, type Answer, type Door, type Person } from './people.ts'
import { findPrograms } from './programs.ts'

/** One day of a calendar as a program shows it. */
export type ShownDay = {
  uid: string
  /** YYYY-MM-DD */
  date: string
  title: string
  /** When it reminds, in minutes after the start of the day. */
  reminders: number[]
}

/** Both ends counted. */
export type Years = { from: number; to: number }

/** What ical.js, which Thunderbird uses, shows of a calendar in some years, in the order of days. */
export function shownDays(calendar: string, { from, to }: Years): ShownDay[] {
  const components = new ICAL.Component(ICAL.parse(calendar)).getAllSubcomponents('vevent')
  const events = components.filter((one) => !one.hasProperty('recurrence-id'))
  const exceptions = Map.groupBy(
    components.filter((one) => one.hasProperty('recurrence-id')),
    (one) => one.getFirstPropertyValue('uid'),
  )
  const days = events.flatMap((component) => {
    const own = exceptions.get(component.getFirstPropertyValue('uid')) ?? []
    const event = new ICAL.Event(component, { exceptions: own, strictExceptions: true })
    return occurrencesOf(event, { from, to })
  })
  return days.sort(byDay)
}

function occurrencesOf(event: ICAL.Event, { from, to }: Years): ShownDay[] {
  assert.ok(event.isRecurring())
  const days: ShownDay[] = []
  const iterator = event.iterator()
  for (let next = iterator.next(); next && next.year <= to; next = iterator.next()) {
    if (next.year < from) continue
    const { item, startDate, endDate } = event.getOccurrenceDetails(next)
    assert.ok(startDate.isDate)
    assert.equal(endDate.subtractDate(startDate).toSeconds(), 24 * 60 * 60)
    assert.equal(item.component.getFirstPropertyValue('transp'), 'TRANSPARENT')
    const alarms = item.component.getAllSubcomponents('valarm')
    days.push({
      uid: item.uid,
      date: startDate.toString(),
      title: item.summary,
      reminders: alarms.map(minutesOf).sort((a: number, b: number) => a - b),
    })
  }
  return days
}

function minutesOf(alarm: ICAL.Component): number {
  const trigger = alarm.getFirstPropertyValue('trigger')
  assert.ok(trigger instanceof ICAL.Duration)
  return trigger.toSeconds() / 60
}

/** A Python that has the library `icalendar`, which Debian packages. */
export function findPythonCalendar(): string | undefined {
  return findPrograms(['python3']).find((file) => {
    try {
      execFileSync(file, ['-c', 'import icalendar, dateutil'], { stdio: 'ignore' })
      return true
    } catch {
      return false
    }
  })
}

const script = fileURLToPath(new URL('shown-days.py', import.meta.url))

/** What Python's icalendar and dateutil show of a calendar. */
export async function shownDaysInPython(
  python: string,
  calendar: string,
  { from, to }: Years,
): Promise<ShownDay[]> {
  const { promise, resolve, reject } = Promise.withResolvers<string>()
  const done = (error: Error | null, output: string) => (error ? reject(error) : resolve(output))
  const options = { maxBuffer: 1024 ** 3 }
  const child = execFile(python, [script, String(from), String(to)], options, done)
  child.stdin?.end(calendar)
  const days: ShownDay[] = JSON.parse(await promise)
  return days.sort(byDay)
}

function byDay(a: ShownDay, b: ShownDay): number {
  return compare(a.date, b.date) || compare(a.uid, b.uid)
}

function compare(a: string, b: string): number {
  if (a === b) return 0
  return a < b ? -1 : 1
}

/** Makes the calendar of a person. @returns the path of its address */
export async function subscribe(person: Person, language = 'en'): Promise<string> {
  const headers = { 'accept-language': language }
  const answer = await person.post('/api/users/me/calendar', undefined, headers)
  expectStatus(answer, 201)
  return new URL(answer.json<NewCalendar>().url).pathname
}

/** Fetches a calendar as a program does, which is not logged in. */
export function fetchCalendar(
  server: Pick<Door, 'inject'>,
  path: string,
  headers: Record<string, string> = {},
): Promise<Answer> {
  return server.inject({ method: 'GET', url: path, headers })
}

/** The titles that a calendar shows in some years, by day. */
export async function titlesIn(
  server: Pick<Door, 'inject'>,
  path: string,
  years: Years,
): Promise<string[]> {
  const answer = await fetchCalendar(server, path)
  expectStatus(answer, 200)
  return shownDays(answer.body, years).map(({ date, title }) => `${date} ${title}`)
}
