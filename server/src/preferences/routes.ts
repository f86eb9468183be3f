import type { FastifyPluginCallbackTypebox } from '@fastify/type-provider-typebox'
import { requireUser } from '../accounts/sessions/require-user.ts'
import { rateLimit } from '../limits/rate-limit.ts'
import type { Services } from '../services.ts'
import { patchPreferencesOperation, readPreferencesOperation } from './operations.ts'
import { canonicalPreferences, presentPreferences } from './preferences.ts'
import { findPreferences, mergePreferences } from './queries.ts'

/** `/api/users/me/preferences`: what the apps remember on every device. */
export function preferenceRoutes(services: Services): FastifyPluginCallbackTypebox {
  const { db } = services
  const limit = rateLimit(services, {
    name: 'preferences',
    by: 'user',
    max: 300,
    windowSeconds: 60,
  })
  const onRequest = [requireUser(services), limit]
  return (app, _options, done) => {
    app.get(
      '/api/users/me/preferences',
      { onRequest, schema: readPreferencesOperation },
      async ({ user }) => presentPreferences(services, user.id, await findPreferences(db, user.id)),
    )

    app.patch(
      '/api/users/me/preferences',
      { onRequest, schema: patchPreferencesOperation },
      async ({ user, body }) => {
        const stored = await mergePreferences(db, user.id, canonicalPreferences(body))
        return presentPreferences(services, user.id, stored)
      },
    )
    done()
  }
}
