import type { FastifyPluginCallbackTypebox } from '@fastify/type-provider-typebox'
import { requireUser } from '../accounts/sessions/require-user.ts'
import { presentSimple } from '../contacts/present.ts'
import { rateLimit } from '../limits/rate-limit.ts'
import type { Services } from '../services.ts'
import { listBirthdaysOperation } from './operations.ts'
import { findBirthdays, type BirthdayRow } from './queries.ts'
import { monthDayRanges, nextOccurrence } from './upcoming.ts'

/** `/api/contacts/birthdays`: who celebrates in the next days, soonest first. */
export function birthdayRoutes(services: Services): FastifyPluginCallbackTypebox {
  const { database, config } = services
  const limit = rateLimit(services, { name: 'contacts', by: 'user', ...config.limits.contacts })
  return (app, _options, done) => {
    app.get(
      '/api/contacts/birthdays',
      { onRequest: [requireUser(services), limit], schema: listBirthdaysOperation },
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
