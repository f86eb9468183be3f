import type { FastifyPluginCallbackTypebox } from '@fastify/type-provider-typebox'
import type { FastifyReply, FastifyRequest } from 'fastify'
import { LRUCache } from 'lru-cache'
import type { AccessKeyRow } from '../../db/tables.ts'
import { rateLimit } from '../../limits/rate-limit.ts'
import type { Services } from '../../services.ts'
import { clientOf } from '../client.ts'
import { requireUser } from '../sessions/require-user.ts'
import {
  accessKeyNotFound,
  createAccessKey,
  deleteAccessKey,
  type WantedKey,
} from './access-keys.ts'
import { appleProfile, profileType } from './apple-profile.ts'
import {
  createApiTokenOperation,
  createAppPasswordOperation,
  deleteApiTokenOperation,
  deleteAppPasswordOperation,
  listApiTokensOperation,
  listAppPasswordsOperation,
  readAppPasswordProfileOperation,
} from './operations.ts'
import { findAccessKey, listAccessKeys } from './queries.ts'
import type { ApiToken, AppPassword, CreatedApiToken, CreatedAppPassword } from './schema.ts'
import type { KeyKind } from './secret.ts'

/** `/api/users/me/tokens` and `/api/users/me/app-passwords`. */
export function accessKeyRoutes(services: Services): FastifyPluginCallbackTypebox {
  const { db, keyUses } = services
  const { publicUrl } = services.config
  // Passwords for the profiles of devices that are set up right after: nowhere else are they kept.
  const justMade = new LRUCache<string, string>({ max: 1_000, ttl: 10 * 60 * 1_000 })
  const limit = (name: string, max: number) =>
    rateLimit(services, { name, by: 'user', max, windowSeconds: 60 })
  const signedIn = requireUser(services)
  const onRequest = [signedIn, limit('access-keys', 300)]
  const creating = {
    onRequest: [signedIn, limit('access-keys-create', 10)],
    config: { sendsTokens: true },
  }

  async function list(userId: string, kind: KeyKind) {
    await keyUses.flush(userId)
    return listAccessKeys(db, userId, kind)
  }

  async function create(request: FastifyRequest, reply: FastifyReply, wanted: WantedKey) {
    const made = await createAccessKey(services, request.user.id, wanted, clientOf(request))
    void reply.status(201).header('cache-control', 'no-store')
    return made
  }

  type Which = { kind: KeyKind; id: string }
  async function remove(request: FastifyRequest, reply: FastifyReply, which: Which) {
    await deleteAccessKey(services, request.user.id, which, clientOf(request))
    return reply.status(204).send(null)
  }

  return (app, _options, done) => {
    app.post(
      '/api/users/me/tokens',
      { ...creating, schema: createApiTokenOperation },
      async (request, reply) => {
        const { name, scope, expires_at: expiresAt = null } = request.body
        const wanted = { kind: 'api_token', name, scope, expiresAt } as const
        const { row, secret } = await create(request, reply, wanted)
        return { ...tokenMembers(row), token: secret } satisfies CreatedApiToken
      },
    )

    app.get(
      '/api/users/me/tokens',
      { onRequest, schema: listApiTokensOperation },
      async ({ user }) => {
        const rows = await list(user.id, 'api_token')
        return rows.map((row): ApiToken => ({ ...tokenMembers(row), ...lastUse(row) }))
      },
    )

    app.delete(
      '/api/users/me/tokens/:id',
      { onRequest, schema: deleteApiTokenOperation },
      (request, reply) => remove(request, reply, { kind: 'api_token', id: request.params.id }),
    )

    app.post(
      '/api/users/me/app-passwords',
      { ...creating, schema: createAppPasswordOperation },
      async (request, reply) => {
        const wanted = { kind: 'app_password', ...request.body, expiresAt: null } as const
        const { row, secret } = await create(request, reply, wanted)
        justMade.set(row.id, secret)
        return { ...passwordMembers(row), password: secret } satisfies CreatedAppPassword
      },
    )

    app.get(
      '/api/users/me/app-passwords/:id/profile',
      { onRequest, config: { sendsTokens: true }, schema: readAppPasswordProfileOperation },
      async ({ user, params: { id } }, reply) => {
        const key = await findAccessKey(db, user.id, { kind: 'app_password', id })
        if (!key) throw accessKeyNotFound('app_password')
        const { email, id: userId } = user
        const password = justMade.get(id)
        justMade.delete(id)
        const account = { keyId: id, name: key.name, publicUrl, email, userId, password }
        void reply.headers({
          'cache-control': 'no-store',
          'content-disposition': 'attachment; filename="kith.mobileconfig"',
        })
        return reply.type(profileType).send(appleProfile(account))
      },
    )

    app.get(
      '/api/users/me/app-passwords',
      { onRequest, schema: listAppPasswordsOperation },
      async ({ user }) => {
        const rows = await list(user.id, 'app_password')
        return rows.map((row): AppPassword => ({ ...passwordMembers(row), ...lastUse(row) }))
      },
    )

    app.delete(
      '/api/users/me/app-passwords/:id',
      { onRequest, schema: deleteAppPasswordOperation },
      (request, reply) => remove(request, reply, { kind: 'app_password', id: request.params.id }),
    )
    done()
  }
}

function passwordMembers({ id, name, scope, created_at }: AccessKeyRow) {
  return { id, name, scope, created_at: created_at.toISOString() }
}

function tokenMembers(row: AccessKeyRow) {
  return { ...passwordMembers(row), expires_at: row.expires_at?.toISOString() ?? null }
}

function lastUse({ last_used_at, last_address, last_client }: AccessKeyRow) {
  return { last_used_at: last_used_at?.toISOString() ?? null, last_address, last_client }
}
