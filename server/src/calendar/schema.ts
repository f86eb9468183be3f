import Type, { type Static } from 'typebox'
import { languages, type Language } from './languages.ts'
import { kinds, type Kind } from './yearly-dates.ts'

const settings = {
  reminders: Type.Array(Type.String({ format: 'reminder' }), {
    maxItems: 5,
    uniqueItems: true,
    description:
      'When to remind: ISO 8601 durations before 9:00 of the day, a year at most. `-PT0S` is 9:00 of ' +
      'the day itself.',
    examples: [['-P7D', '-PT0S']],
  }),
  include: Type.Array(Type.Unsafe<Kind>({ type: 'string', enum: [...kinds] }), {
    uniqueItems: true,
    description: 'Which dates it has. `dates` are those with any other label.',
    examples: [['birthdays', 'anniversaries']],
  }),
  language: Type.Unsafe<Language>({
    type: 'string',
    enum: [...languages],
    description: 'Of the titles.',
    examples: ['en'],
  }),
}
const labels = Type.Array(Type.String({ format: 'uuid' }), {
  maxItems: 100,
  uniqueItems: true,
  description:
    'Only contacts with one of these labels, by their ids; all where it is empty. A label that is ' +
    'deleted stays here, so that the calendar then shows nobody instead of everybody.',
  examples: [['01a20497-405b-7167-a9e2-939dbd06ad08']],
})
const time = (description: string) =>
  Type.String({ format: 'date-time', description, examples: ['2026-11-22T18:40:00.000Z'] })

export type Calendar = Static<typeof Calendar>
export const Calendar = Type.Object(
  {
    ...settings,
    labels,
    created_at: time('When its address was made.'),
    last_fetched_at: Type.Unsafe<string | null>({
      type: ['string', 'null'],
      format: 'date-time',
      description: 'When a program last fetched it, to some minutes; null if none ever has.',
      examples: ['2026-11-22T18:40:00.000Z'],
    }),
  },
  { $id: 'Calendar', description: 'What your birthday calendar shows.' },
)

export type NewCalendar = Static<typeof NewCalendar>
export const NewCalendar = Type.Object(
  {
    url: Type.String({
      description: 'Whoever has this address reads the calendar. It is shown only this once.',
      examples: ['https://kith.example.org/api/calendar/A7hDk2…Q.ics'],
    }),
    ...Calendar.properties,
  },
  { $id: 'NewCalendar', description: 'Your birthday calendar with its new address.' },
)

export type CalendarPatch = Static<typeof CalendarPatch>
export const CalendarPatch = Type.Partial(
  Type.Object({
    reminders: Type.Unsafe<string[] | null>({ ...settings.reminders, type: ['array', 'null'] }),
    include: Type.Unsafe<Kind[] | null>({ ...settings.include, type: ['array', 'null'] }),
    language: Type.Unsafe<Language | null>({
      ...settings.language,
      type: ['string', 'null'],
      enum: [...languages, null],
    }),
    labels: Type.Unsafe<string[] | null>({ ...labels, type: ['array', 'null'] }),
  }),
  {
    $id: 'CalendarPatch',
    additionalProperties: false,
    description:
      'A JSON merge patch (RFC 7396): absent members stay; lists are replaced whole; null resets to ' +
      'what a new calendar has.',
  },
)

export const CalendarPath = Type.Object({
  secret: Type.String({ description: 'The secret in the address.' }),
})
