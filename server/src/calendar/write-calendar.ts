import { createHash } from 'node:crypto'
import { fromColumns } from '../contacts/store/columns.ts'
import type { Ask } from '../db/ask.ts'
import { createPace } from '../pace.ts'
import { writeText } from '../vcard/lines/text-value.ts'
import { wordsIn } from './languages.ts'
import {
  countDated,
  findBookState,
  readDated,
  type DatedRow,
  type FetchedCalendar,
  type Selection,
  type Settings,
} from './queries.ts'
import { triggerOf } from './reminders.ts'
import { writeEvent, writeLine, type EventOptions } from './write-event.ts'
import { yearlyDates } from './yearly-dates.ts'

/** A calendar as it is at one moment. */
export type Snapshot = Pick<Settings, 'include' | 'reminders' | 'language'> & {
  ownerId: string
  isLastNameFirst: boolean
  selection: Selection
  year: number
  /** The opaque part of its entity tag, which changes whenever what is shown does. */
  tag: string
}

/** Increased whenever the same contacts are written in another way. */
const formatVersion = 3

// How often clients are asked to come again.
const refreshInterval = 'PT12H'

// The age is in the titles of so many coming years as make no more exceptions than this.
const maxCounted = 1_000
const comingYears = { min: 2, max: 10 }

/**
 * Finds out what a calendar shows and its tag, without reading any contact.
 * @param year the current one in UTC
 */
export async function takeSnapshot(
  read: Ask,
  calendar: FetchedCalendar,
  year: number,
): Promise<Snapshot> {
  const { user_id: ownerId, include, reminders, language, isLastNameFirst } = calendar
  const { label_ids: wanted } = calendar
  const { revision, label_ids: found } = await findBookState(read, ownerId, wanted)
  // When its labels have been deleted, it shows nobody, rather than everybody.
  const labelIds = wanted.length === 0 ? null : found
  const selection = { include, labelIds }
  const parts = [formatVersion, revision, selection, reminders, language, isLastNameFirst, year]
  const hash = createHash('sha256').update(JSON.stringify(parts)).digest('base64url')
  const tag = `"${hash.slice(0, 22)}"`
  return { ownerId, include, reminders, language, isLastNameFirst, selection, year, tag }
}

/** A calendar as iCalendar (RFC 5545, RFC 7986), contact by contact. */
export async function* writeCalendar(read: Ask, snapshot: Snapshot): AsyncGenerator<string> {
  const { ownerId, selection, include, reminders, language, isLastNameFirst, year } = snapshot
  const wording = { words: wordsIn[language], isLastNameFirst }
  yield headOf(wording.words.calendar)
  const coming = comingYearsOf(await countDated(read, ownerId, selection))
  const options: EventOptions = {
    // Includes the last year: in other time zones it may not be over yet.
    counted: { from: year - 1, to: year + coming },
    triggers: [...new Set(reminders.map(triggerOf))],
  }
  const pace = createPace()
  let isEmpty = true
  for await (const row of readDated(read, ownerId, selection)) {
    for (const date of yearlyDates(datedContact(row), wording)) {
      if (!include.includes(date.kind)) continue
      yield writeEvent(date, row.updated_at, options)
      isEmpty = false
    }
    await pace()
  }
  if (isEmpty) yield unusedZone
  yield 'END:VCALENDAR\r\n'
}

/**
 * A calendar has at least one component (RFC 5545, 3.6). No program shows a time zone, and all know it, as
 * nearly every calendar has one.
 */
const unusedZone = [
  'BEGIN:VTIMEZONE',
  'TZID:Etc/UTC',
  'BEGIN:STANDARD',
  'DTSTART:19700101T000000',
  'TZOFFSETFROM:+0000',
  'TZOFFSETTO:+0000',
  'TZNAME:UTC',
  'END:STANDARD',
  'END:VTIMEZONE',
  '',
].join('\r\n')

function headOf(name: string): string {
  const text = writeText(name)
  return (
    'BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//Kith//Birthday calendar//EN\r\nCALSCALE:GREGORIAN\r\n' +
    // RFC 7986 has the first, but most programs read the second.
    `${writeLine('NAME', text)}${writeLine('X-WR-CALNAME', text)}` +
    `REFRESH-INTERVAL;VALUE=DURATION:${refreshInterval}\r\nX-PUBLISHED-TTL:${refreshInterval}\r\n`
  )
}

function comingYearsOf(contacts: number): number {
  const affordable = Math.floor(maxCounted / Math.max(1, contacts))
  return Math.max(comingYears.min, Math.min(comingYears.max, affordable))
}

function datedContact({ id, died, ...row }: DatedRow) {
  return { id, died, contact: fromColumns({ ...row, additional_data: null }) }
}
