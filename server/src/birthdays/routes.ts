import type { FastifyPluginCallbackTypebox } from '@fastify/type-provider-typebox'
import Type from 'typebox'
import { requireUser } from '../accounts/sessions/require-user.ts'
import { UpcomingBirthday } from '../contacts/schema.ts'
import { presentSimple } from '../contacts/present.ts'
import { problems, ref } from '../http/schemas.ts'
import { rateLimit } from '../limits/rate-limit.ts'
import type { Services } from '../services.ts'
import { findBirthdays, type BirthdayRow } from './queries.ts'
import { monthDayRanges, nextOccurrence } from './upcoming.ts'

const BirthdayQuery = Type.Object(
  {
    days: Type.Integer({
      minimum: 0,
      maximum: 366,
      default: 7,
      description: 'How many days ahead. Both ends count: 7 is today and the seven days after it.',
    }),
    date: Type.Optional(
      Type.String({
        format: 'date',
        description: 'Stands for today.',
      }),
    ),
    tz: Type.String({
      default: 'UTC',
      maxLength: 64,
      format: 'time-zone',
      description: 'The IANA time zone that says which day is today.',
    }),
  },
  { additionalProperties: false },
)

/** `/api/contacts/birthdays`: who celebrates in the next days, soonest first. */
export function birthdayRoutes(services: Services): FastifyPluginCallbackTypebox {
  const { database, config } = services
  const limit = rateLimit(services, { name: 'contacts', by: 'user', ...config.limits.contacts })
  return (app, _options, done) => {
    app.get(
      '/api/contacts/birthdays',
      {
        onRequest: [requireUser(services), limit],
        schema: {
          operationId: 'list_birthdays',
          tags: ['contacts'],
          summary: 'List the birthdays of the next days',
          description: 'Who was born on 29 February celebrates on 28 February in common years.',
          querystring: BirthdayQuery,
          response: {
            200: { ...Type.Array(ref(UpcomingBirthday)), description: 'Soonest first.' },
            ...problems(401, 422),
          },
        },
      },
      async ({ user, query }) => {
        const today = query.date
          ? Temporal.PlainDate.from(query.date)
          : Temporal.Now.plainDateISO(query.tz)
        const rows = await findBirthdays(database.read, user.id, monthDayRanges(today, query.days))
        return rows
          .map((row) => ({ row, ...occurrenceOf(row, today) }))
          .filter(({ daysUntil }) => daysUntil <= query.days)
          .sort((a, b) => a.daysUntil - b.daysUntil || compareRows(a.row, b.row))
          .map(({ row, date, daysUntil, turns }) => ({
            ...presentSimple(row),
            next_birthday: date,
            days_until: daysUntil,
            turns,
          }))
      },
    )
    done()
  }
}

function occurrenceOf(row: BirthdayRow, today: Temporal.PlainDate) {
  return nextOccurrence({ year: row.bday_year, md: row.bday_md ?? 0 }, today)
}

function compareRows(a: BirthdayRow, b: BirthdayRow): number {
  if (a.sort_key !== b.sort_key) return a.sort_key < b.sort_key ? -1 : 1
  return a.id < b.id ? -1 : 1
}
