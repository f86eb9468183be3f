import type { FastifyPluginCallbackTypebox } from '@fastify/type-provider-typebox'
import { requireUser } from '../accounts/sessions/require-user.ts'
import { rateLimit } from '../limits/rate-limit.ts'
import type { Services } from '../services.ts'
import { patchPreferencesOperation, readPreferencesOperation } from './operations.ts'
import { findPreferences, mergePreferences } from './queries.ts'
import { preferenceNames, type Preferences } from './schema.ts'

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
      async ({ user }) => presentPreferences(await findPreferences(db, user.id)),
    )

    app.patch(
      '/api/users/me/preferences',
      { onRequest, schema: patchPreferencesOperation },
      async ({ user, body }) => presentPreferences(await mergePreferences(db, user.id, body)),
    )
    done()
  }
}

/** Answers have every member, also one that is not set. */
function presentPreferences(stored: Record<string, unknown>): Preferences {
  const all = preferenceNames.map((name) => [name, stored[name] ?? null])
  return Object.fromEntries(all) as Preferences
}
