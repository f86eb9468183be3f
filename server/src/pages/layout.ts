import type { FastifyReply, FastifyRequest } from 'fastify'
import { html, type SafeHtml } from '../html.ts'
import { forPages } from '../http/security-headers.ts'

/** A whole page in the house's plain clothes; nothing in it comes from elsewhere. */
export function page(title: string, body: SafeHtml): string {
  return html`<!doctype html>
    <html lang="en">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="referrer" content="no-referrer" />
        <title>${title} · Kith</title>
        <link rel="icon" href="data:," />
        <link rel="stylesheet" href="/pages/kith.css" />
      </head>
      <body>
        <main>${body}</main>
      </body>
    </html> `.markup
}

/** Answers with a page where the route's own schema speaks of JSON. */
export function sendPage(reply: FastifyReply, content: string, status: number): FastifyReply {
  return reply
    .status(status)
    .headers(forPages)
    .type('text/html; charset=utf-8')
    .serializer(String)
    .send(content)
}

/** Whether a browser navigates here, rather than a program: it likes HTML at least as much as JSON. */
export function wantsHtml({ headers }: FastifyRequest): boolean {
  const html = weightOf('text/html', headers.accept)
  return html > 0 && html >= weightOf('application/json', headers.accept)
}

/** How much a media type that is named is liked, from 0 to 1 (RFC 9110, 12.5.1). */
function weightOf(type: string, accept = ''): number {
  for (const range of accept.toLowerCase().split(',')) {
    const [name, ...parameters] = range.split(';').map((part) => part.trim())
    const weight = parameters.find((parameter) => parameter.startsWith('q='))
    if (name === type) return weight === undefined ? 1 : Number(weight.slice(2)) || 0
  }
  return 0
}
