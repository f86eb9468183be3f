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

/** Whether a browser navigates here, rather than a program. */
export function wantsHtml(request: FastifyRequest): boolean {
  return /\btext\/html\b/i.test(request.headers.accept ?? '')
}
