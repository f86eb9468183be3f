import type { FastifySchema } from 'fastify'
import Type from 'typebox'
import { needsLogin, problems, takesJson } from '../http/problem-responses.ts'
import { noContent, notModified, ref, streamed } from '../http/schemas.ts'
import { Calendar, CalendarPatch, CalendarPath, NewCalendar } from './schema.ts'

const AcceptLanguage = Type.Object({
  'accept-language': Type.Optional(
    Type.String({ description: 'Decides the language of a calendar that has none.' }),
  ),
})

export const createCalendarOperation = {
  operationId: 'create_calendar',
  tags: ['calendar'],
  summary: 'Make my birthday calendar, or give it a new address',
  description:
    'Calendar programs subscribe to the address that is answered: birthdays, and other dates if you ' +
    'like, with the age in each title. A calendar that is there keeps its settings, and its old ' +
    'address is dead at once. The language is that of your preferences, or of `Accept-Language`.',
  headers: AcceptLanguage,
  response: {
    201: { ...ref(NewCalendar), description: 'The calendar, with its address.' },
    ...problems(...needsLogin, ...takesJson),
  },
} satisfies FastifySchema

export const readCalendarSettingsOperation = {
  operationId: 'read_calendar_settings',
  tags: ['calendar'],
  summary: 'Read the settings of my birthday calendar',
  description: 'And when it was last fetched; its address is not shown again.',
  response: {
    200: { ...ref(Calendar), description: 'The settings.' },
    ...problems(...needsLogin, 'not_found'),
  },
} satisfies FastifySchema

export const patchCalendarSettingsOperation = {
  operationId: 'patch_calendar_settings',
  tags: ['calendar'],
  summary: 'Change what my birthday calendar shows',
  description: 'Programs that have subscribed see it when they fetch it again.',
  consumes: ['application/merge-patch+json', 'application/json'],
  headers: AcceptLanguage,
  body: ref(CalendarPatch),
  response: {
    200: { ...ref(Calendar), description: 'The settings as they are now.' },
    ...problems(...needsLogin, ...takesJson, 'not_found'),
  },
} satisfies FastifySchema

export const deleteCalendarOperation = {
  operationId: 'delete_calendar',
  tags: ['calendar'],
  summary: 'Delete my birthday calendar',
  description: 'Its address is dead at once, and its settings are gone.',
  response: { ...noContent('Deleted.'), ...problems(...needsLogin, 'not_found') },
} satisfies FastifySchema

const example = [
  'BEGIN:VCALENDAR',
  'VERSION:2.0',
  'PRODID:-//Kith//Birthday calendar//EN',
  'CALSCALE:GREGORIAN',
  'NAME:Birthdays',
  'X-WR-CALNAME:Birthdays',
  'REFRESH-INTERVAL;VALUE=DURATION:PT12H',
  'X-PUBLISHED-TTL:PT12H',
  'BEGIN:VEVENT',
  'UID:01a20497-405b-7167-a9e2-939dbd06ad08-birthday',
  'DTSTAMP:20261122T184000Z',
  'RRULE:FREQ=YEARLY',
  'DTSTART;VALUE=DATE:19721210',
  'DTEND;VALUE=DATE:19721211',
  'SUMMARY:Ada Lovelace: birthday (1815)',
  'TRANSP:TRANSPARENT',
  'END:VEVENT',
  'BEGIN:VEVENT',
  'UID:01a20497-405b-7167-a9e2-939dbd06ad08-birthday',
  'DTSTAMP:20261122T184000Z',
  'RECURRENCE-ID;VALUE=DATE:20261210',
  'DTSTART;VALUE=DATE:20261210',
  'DTEND;VALUE=DATE:20261211',
  'SUMMARY:Ada Lovelace turns 211',
  'TRANSP:TRANSPARENT',
  'BEGIN:VALARM',
  'ACTION:DISPLAY',
  'DESCRIPTION:Ada Lovelace turns 211',
  'TRIGGER:-P6DT15H',
  'END:VALARM',
  'END:VEVENT',
  'END:VCALENDAR',
  '',
].join('\r\n')

export const fetchCalendarOperation = {
  operationId: 'fetch_calendar',
  tags: ['calendar'],
  security: [],
  summary: 'Fetch a birthday calendar',
  description:
    'For calendar programs, which subscribe to this address: iCalendar (RFC 5545, RFC 7986). Each date ' +
    'is an all-day event that recurs every year; the coming occurrences say the age in their titles. ' +
    'Who was born on 29 February celebrates on 28 February in common years. Of somebody who has died ' +
    'no age is told.',
  params: CalendarPath,
  headers: Type.Object({
    'if-none-match': Type.Optional(
      Type.String({ description: 'Answer 304 if the calendar still has one of these tags.' }),
    ),
  }),
  response: {
    200: {
      description: 'The calendar.',
      headers: {
        ETag: { type: 'string', description: 'Changes with all that is shown.' },
        'Content-Disposition': { type: 'string', description: 'With a file name.' },
      },
      content: { 'text/calendar': { schema: streamed(example) } },
    },
    ...notModified,
    ...problems('malformed_request', 'not_found', 'validation_failed'),
  },
} satisfies FastifySchema
