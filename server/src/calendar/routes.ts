import { Readable } from 'node:stream'
import type { FastifyPluginCallbackTypebox } from '@fastify/type-provider-typebox'
import { requireUser } from '../accounts/sessions/require-user.ts'
import { AppError } from '../errors.ts'
import { streamOf } from '../exports/download.ts'
import { isFresh } from '../http/etag.ts'
import { observeStream } from '../http/request-log.ts'
import { rateLimit } from '../limits/rate-limit.ts'
import type { Services } from '../services.ts'
import {
  changeCalendar,
  findFetched,
  languageOf,
  noteFetch,
  readCalendar,
  removeCalendar,
  renewCalendar,
} from './calendars.ts'
import {
  createCalendarOperation,
  deleteCalendarOperation,
  fetchCalendarOperation,
  patchCalendarSettingsOperation,
  readCalendarSettingsOperation,
} from './operations.ts'
import type { CalendarRow } from './queries.ts'
import type { Calendar, NewCalendar } from './schema.ts'
import { takeSnapshot, writeCalendar } from './write-calendar.ts'

const url = '/api/users/me/calendar'

/** `/api/users/me/calendar`, and `/api/calendar/{secret}.ics`, which calendar programs fetch. */
export function calendarRoutes(services: Services): FastifyPluginCallbackTypebox {
  const { database, config } = services
  const minute = { windowSeconds: 60 } as const
  const limit = rateLimit(services, { name: 'calendar', by: 'user', max: 60, ...minute })
  const onRequest = [requireUser(services), limit]
  // Services of calendars fetch those of many users from few addresses.
  const fetches = { name: 'calendar-fetch', by: 'address', max: 300, ...minute } as const
  const wrong = { name: 'calendar-wrong', by: 'address', max: 20, ...minute } as const
  const limitFetches = rateLimit(services, fetches)
  const limitWrong = rateLimit(services, wrong)

  return (app, _options, done) => {
    app.post(
      url,
      { onRequest, config: { sendsTokens: true }, schema: createCalendarOperation },
      async ({ user, headers }, reply) => {
        const language = await languageOf(services.db, user.id, headers['accept-language'])
        const { row, secret } = await renewCalendar(services.db, user.id, language)
        const address = new URL(`/api/calendar/${secret}.ics`, config.publicUrl).href
        void reply.status(201).header('cache-control', 'no-store')
        return { url: address, ...present(row) } satisfies NewCalendar
      },
    )

    app.get(url, { onRequest, schema: readCalendarSettingsOperation }, async ({ user }) =>
      present(await readCalendar(database.read, user.id)),
    )

    app.patch(
      url,
      { onRequest, schema: patchCalendarSettingsOperation },
      async ({ user, body, headers }) => {
        const language =
          body.language === null
            ? await languageOf(services.db, user.id, headers['accept-language'])
            : body.language
        return present(await changeCalendar(database, user.id, { ...body, language }))
      },
    )

    app.delete(url, { onRequest, schema: deleteCalendarOperation }, async ({ user }, reply) => {
      await removeCalendar(services.db, user.id)
      return reply.status(204).send(null)
    })

    app.get(
      '/api/calendar/:secret.ics',
      { onRequest: limitFetches, schema: fetchCalendarOperation },
      async (request, reply) => {
        const calendar = await findFetched(database, request.params.secret)
        if (!calendar) {
          await limitWrong(request, reply, () => {})
          throw new AppError('not_found', 'not_found', 'There is nothing at this path.')
        }
        await noteFetch(services, calendar)
        const snapshot = await takeSnapshot(database.read, calendar, new Date().getUTCFullYear())
        // Weak, as a compressed answer has it too.
        void reply.headers({ etag: `W/${snapshot.tag}`, 'cache-control': 'private, no-cache' })
        if (isFresh(request.headers['if-none-match'], snapshot.tag)) {
          return reply.status(304).send()
        }
        void reply.headers({
          'content-type': 'text/calendar; charset=utf-8',
          'content-disposition': 'inline; filename="birthdays.ics"',
        })
        // Nothing is read for an answer that is dropped.
        if (request.method === 'HEAD') return reply.send(Readable.from([]))
        const texts = writeCalendar(database.read, snapshot)
        return reply.send(observeStream(services, reply, streamOf(texts)))
      },
    )
    done()
  }
}

function present(row: CalendarRow): Calendar {
  return {
    reminders: row.reminders,
    include: row.include,
    language: row.language,
    labels: row.label_ids,
    created_at: row.created_at,
    last_fetched_at: row.last_fetched_at,
  }
}
