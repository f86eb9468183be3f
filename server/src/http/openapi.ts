import { createHash } from 'node:crypto'
import swagger from '@fastify/swagger'
import swaggerUi from '@fastify/swagger-ui'
import type { FastifyInstance, FastifySchema } from 'fastify'
import fp from 'fastify-plugin'
import type { TObject } from 'typebox'
import packageJson from '../../package.json' with { type: 'json' }
import type { Services } from '../services.ts'
import { docsPage } from './docs/docs-page.ts'
import { isFresh } from './etag.ts'
import { addExamples } from './examples.ts'
import { shareComponents } from './openapi-components.ts'
import { guide } from './openapi-guide.ts'
import { addPatterns } from './patterns.ts'
import type { Formats } from './validation.ts'

/**
 * The OpenAPI 3.1 document at `/openapi.json`, made from the routes' own schemas, and `/docs`.
 * @param formats those that the schemas name
 */
export function openApi({ config }: Pick<Services, 'config'>, formats: Formats) {
  return fp(async (app: FastifyInstance) => {
    await app.register(swagger, {
      openapi: {
        openapi: '3.1.0',
        info: {
          title: 'Kith',
          version: packageJson.version,
          description: guide,
          contact: { name: 'Whoever runs this server', url: config.publicUrl.origin },
          license: { name: 'MIT', identifier: 'MIT' },
        },
        // First the address of this document, whichever it was: the docs page may call no other.
        servers: [{ url: '/' }, { url: config.publicUrl.origin }],
        tags: [
          { name: 'auth', description: 'Accounts, sessions and passwords' },
          { name: 'users', description: 'Your account' },
          { name: 'contacts', description: 'Your contacts and their birthdays' },
          { name: 'changes', description: 'A copy of your contacts and labels, kept up to date' },
          { name: 'labels', description: 'Your labels, and which contacts have them' },
          { name: 'calendar', description: 'Birthdays for calendar programs' },
          { name: 'duplicates', description: 'Contacts that are the same, and merging them' },
          { name: 'imports', description: 'Contacts from files, and into files' },
          { name: 'health', description: 'For whoever runs this' },
        ],
        components: {
          securitySchemes: {
            password: {
              type: 'oauth2',
              description: 'Log in here; the username is your e-mail address.',
              flows: {
                password: {
                  tokenUrl: '/api/auth/login',
                  scopes: {},
                },
              },
            },
            bearer: { type: 'http', scheme: 'bearer', bearerFormat: 'JWT' },
            browser: {
              type: 'apiKey',
              in: 'cookie',
              name:
                config.publicUrl.protocol === 'https:' ? '__Secure-kith-refresh' : 'kith-refresh',
              description: 'The session of a page of this server; no script can read it.',
            },
            api_token: {
              type: 'http',
              scheme: 'bearer',
              bearerFormat: 'kith_pat_…',
              description: 'For scripts: made by `POST /api/users/me/tokens`.',
            },
          },
        },
        // What needs no login says so itself.
        security: [{ password: [] }, { bearer: [] }],
      },
      hideUntagged: true,
      transformObject: (built) =>
        completed('openapiObject' in built ? built.openapiObject : built.swaggerObject, formats),
      transform: ({ schema, url }) => ({ schema: withOptionalDefaults(schema), url }),
      refResolver: {
        buildLocalReference: (json, _base, _fragment, index) =>
          typeof json['$id'] === 'string' ? json['$id'] : `def-${index}`,
      },
    })
    await app.register(async (docs) => {
      // Its files come whole (RFC 9110, 14.2): a range that is none would be an error of ours.
      docs.addHook('onRequest', async ({ raw }) => void delete raw.headers.range)
      await docs.register(swaggerUi, docsPage)
    })
    const document = onceWritten(() => JSON.stringify(app.swagger()))
    app.get('/openapi.json', { schema: { hide: true } }, (request, reply) => {
      const { text, tag } = document()
      void reply.headers({ etag: `W/${tag}`, 'cache-control': 'no-cache' })
      if (isFresh(request.headers['if-none-match'], tag)) return reply.status(304).send()
      return reply.type('application/json; charset=utf-8').send(text)
    })
  })
}

/** A text that never changes once it can be written, and the entity tag of it. */
function onceWritten(write: () => string) {
  let written: { text: string; tag: string } | undefined
  return () => {
    if (written) return written
    const text = write()
    const tag = `"${createHash('sha256').update(text).digest('hex').slice(0, 32)}"`
    written = { text, tag }
    return written
  }
}

/** Adds what the routes' schemas do not say, and says once what several say. */
function completed<T extends object>(document: T, formats: Formats): T {
  addExamples(document)
  addPatterns(document, formats)
  shareComponents(document)
  return document
}

/** Validation fills in a default, so a parameter that has one need not be sent. */
function withOptionalDefaults(schema: FastifySchema): FastifySchema {
  const query = schema.querystring as Partial<TObject> | undefined
  const { properties, required } = query ?? {}
  if (!properties || !required) return schema
  const isNeeded = (name: string) => !('default' in (properties[name] ?? {}))
  return { ...schema, querystring: { ...query, required: required.filter(isNeeded) } }
}
