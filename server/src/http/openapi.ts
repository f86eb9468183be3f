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
import { withExamples } from './examples.ts'

const description = `
An address book you host yourself. Sign up, confirm the address by the mailed link, log in
(here: **Authorize**, with your e-mail address as the username), and manage your contacts.

Errors are \`application/problem+json\` (RFC 9457): \`code\` is stable, \`detail\` is a sentence, and a
422 lists the refused fields. Paths answer with and without a trailing slash.`

/** The OpenAPI 3.1 document at `/openapi.json`, made from the routes' own schemas, and `/docs`. */
export function openApi({ config }: Pick<Services, 'config'>) {
  return fp(async (app: FastifyInstance) => {
    await app.register(swagger, {
      openapi: {
        openapi: '3.1.0',
        info: {
          title: 'Kith',
          version: packageJson.version,
          description,
          license: { name: 'MIT', identifier: 'MIT' },
        },
        // First the address of this document, whichever it was: the docs page may call no other.
        servers: [{ url: '/' }, { url: config.publicUrl.origin }],
        tags: [
          { name: 'auth', description: 'Accounts, sessions and passwords' },
          { name: 'users', description: 'Your account' },
          { name: 'contacts', description: 'Your contacts and their birthdays' },
          { name: 'labels', description: 'Your labels, and which contacts have them' },
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
          },
        },
        // What needs no login says so itself.
        security: [{ password: [] }, { bearer: [] }],
      },
      hideUntagged: true,
      transformObject: (document) =>
        withExamples('openapiObject' in document ? document.openapiObject : document.swaggerObject),
      transform: ({ schema, url }) => ({ schema: withOptionalDefaults(schema), url }),
      refResolver: {
        buildLocalReference: (json, _base, _fragment, index) =>
          typeof json['$id'] === 'string' ? json['$id'] : `def-${index}`,
      },
    })
    await app.register(swaggerUi, docsPage)
    const document = onceWritten(() => JSON.stringify(app.swagger()))
    app.get('/openapi.json', { schema: { hide: true } }, (request, reply) => {
      const { text, tag } = document()
      void reply.headers({ etag: `W/${tag}`, 'cache-control': 'no-cache' })
      if (isFresh(request.headers['if-none-match'], tag)) return reply.status(304).send(null)
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

/** Validation fills in a default, so a parameter that has one need not be sent. */
function withOptionalDefaults(schema: FastifySchema): FastifySchema {
  const query = schema.querystring as Partial<TObject> | undefined
  const { properties, required } = query ?? {}
  if (!properties || !required) return schema
  const isNeeded = (name: string) => !('default' in (properties[name] ?? {}))
  return { ...schema, querystring: { ...query, required: required.filter(isNeeded) } }
}
