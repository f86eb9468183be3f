import type { FastifyPluginCallbackTypebox } from '@fastify/type-provider-typebox'
import { requireUser } from '../accounts/sessions/require-user.ts'
import { rateLimit } from '../limits/rate-limit.ts'
import { chosenRegionOf, regionOf } from '../preferences/preferences.ts'
import type { Services } from '../services.ts'
import { createDuplicateFinder } from './duplicate-finder.ts'
import { dismiss, readDismissed, readGroups, undismiss } from './duplicates.ts'
import {
  dismissDuplicatesOperation,
  listDuplicatesOperation,
  undismissDuplicatesOperation,
} from './operations.ts'
import { groupCursor, readGroupCursor, type GroupList } from './page.ts'

/** `/api/duplicates`: which of the caller's contacts may be of one person. */
export function duplicateRoutes(services: Services): FastifyPluginCallbackTypebox {
  const { database, config, db } = services
  const limit = rateLimit(services, { name: 'contacts', by: 'user', ...config.limits.contacts })
  const onRequest = [requireUser(services), limit]
  const finder = createDuplicateFinder(database, {
    chosen: (ownerId) => chosenRegionOf({ db }, ownerId),
    guessed: (ownerId) => regionOf({ db, database }, ownerId),
  })

  return (app, _options, done) => {
    app.get(
      '/api/duplicates',
      { onRequest, schema: listDuplicatesOperation },
      async ({ user, query }) => {
        const list: GroupList = query.dismissed ? 'dismissed' : 'found'
        const after = query.after === undefined ? null : readGroupCursor(list, query.after)
        await finder.catchUp(user.id)
        const read = query.dismissed ? readDismissed : readGroups
        const { groups, next, total } = await read(database, user.id, { after, limit: query.limit })
        return { groups, total, after: next && groupCursor(list, next) }
      },
    )

    app.post(
      '/api/duplicates/:id/dismiss',
      { onRequest, schema: dismissDuplicatesOperation },
      async ({ user, params }, reply) => {
        await dismiss(finder, user.id, params.id)
        return reply.status(204).send(null)
      },
    )

    app.delete(
      '/api/duplicates/:id/dismiss',
      { onRequest, schema: undismissDuplicatesOperation },
      async ({ user, params }, reply) => {
        await undismiss(finder, user.id, params.id)
        return reply.status(204).send(null)
      },
    )
    done()
  }
}
