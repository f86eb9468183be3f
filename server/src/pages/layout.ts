import type { FastifyReply, FastifyRequest } from 'fastify'
import { html, type SafeHtml } from '../html.ts'
import { forPages } from '../http/security-headers.ts'
import { addressOf } from './assets.ts'
import type { Faults } from './fields.ts'
import { icon, mark, type IconName } from './icons.ts'

/** What a page shows. */
export type Content = {
  title: string
  /** What the picture above the title says too: how it went. */
  icon?: IconName
  body: SafeHtml
  /** The address without its token, which is all that the browser keeps. */
  address?: string
  /** What was wrong with the form that was sent: the title says that there was something. */
  faults?: Faults | undefined
}

/** A page with one thing to do: a card below the name of the house, which leads home. */
export function page({ title, icon: name, body, address = '', faults = {} }: Content): string {
  const isFaulty = Object.keys(faults).length > 0
  return frame(
    `${isFaulty ? 'Error: ' : ''}${title} · Kith`,
    html`<header>
        <a class="brand" href="/">${mark} Kith</a>
      </header>
      <main>
        <article class="card" data-address="${address}">
          ${name ? html`<span class="badge badge-${name}">${icon(name)}</span>` : ''}
          <h1>${heading(title)}</h1>
          ${body}
        </article>
      </main>
      <footer>
        <nav aria-label="Kith">
          <a href="/">What is Kith?</a>
          <a href="/docs">API</a>
        </nav>
      </footer>`,
  )
}

/** No line ends within “e-mail”. */
function heading(title: string): SafeHtml[] {
  const parts = title.split(/(e-mail)/i)
  return parts.map((part) =>
    part.toLowerCase() === 'e-mail' ? html`<span class="whole">${part}</span>` : html`${part}`,
  )
}

/** The frame of every page; nothing in it comes from elsewhere. */
export function frame(title: string, body: SafeHtml): string {
  return html`<!doctype html>
    <html lang="en">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="color-scheme" content="light dark" />
        <meta name="referrer" content="no-referrer" />
        <meta name="robots" content="noindex" />
        <title>${title}</title>
        <link rel="icon" href="${addressOf('mark.svg')}" type="image/svg+xml" />
        <link rel="stylesheet" href="${addressOf('kith.css')}" />
        <script type="module" src="${addressOf('pages.js')}"></script>
      </head>
      <body>
        ${body}
      </body>
    </html> `.markup
}

/** Answers with a page where the route's own schema speaks of JSON. */
export function sendPage(reply: FastifyReply, content: string, status = 200): FastifyReply {
  return reply
    .status(status)
    .headers(forPages)
    .header('cache-control', 'no-store')
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
