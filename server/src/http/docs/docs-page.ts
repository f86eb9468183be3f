import { readFileSync } from 'node:fs'
import type { FastifySwaggerUiOptions } from '@fastify/swagger-ui'
import { markSvg, tokensCss } from '../../design/tokens.ts'

/** Swagger UI in the clothes of the house. */
export const docsPage: FastifySwaggerUiOptions = {
  routePrefix: '/docs',
  // Swagger UI styles some of its elements inline.
  transformStaticCSP: (policy) =>
    policy.replace("style-src 'self'", "style-src 'self' 'unsafe-inline'"),
  theme: {
    title: 'API · Kith',
    css: [{ filename: 'docs.css', content: tokensCss + read('docs.css') }],
    js: [{ filename: 'docs.js', content: read('docs.js') }],
    favicon: [
      {
        filename: 'mark.svg',
        rel: 'icon',
        type: 'image/svg+xml',
        sizes: 'any',
        content: Buffer.from(markSvg),
      },
    ],
  },
}

function read(name: string): string {
  return readFileSync(new URL(name, import.meta.url), 'utf8')
}
