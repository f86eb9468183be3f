import { streamOf } from '../../exports/download.ts'
import { html } from '../../html.ts'
import { createPace } from '../../pace.ts'
import type { Call } from '../call.ts'
import { findTarget } from '../find-resource.ts'
import { membersOf } from '../members.ts'
import type { Target } from '../resource.ts'

/** What is in a collection, as a page of links for who opens it in a browser. */
export async function getCollection(call: Call) {
  const { reply, request } = call
  const resource = await findTarget(call)
  void reply.type('text/html; charset=utf-8').header('cache-control', 'private, no-cache')
  return reply.send(request.method === 'HEAD' ? '' : streamOf(pageOf(call, resource)))
}

async function* pageOf(call: Call, resource: Target): AsyncGenerator<string> {
  const { markup: head } = html`<!doctype html>
    <html lang="en">
      <title>${resource.href}</title>
      <h1>${resource.href}</h1>
      <ul></ul>
    </html>`
  yield head
  const pace = createPace()
  for await (const members of membersOf(call, resource)) {
    for (const { href } of members) {
      yield html`<li><a href="${href}">${nameIn(href)}</a></li> `.markup
      await pace()
    }
  }
  yield '</ul></html>'
}

/** The last part of an address, as people read it. */
function nameIn(href: string): string {
  return decodeURIComponent(/[^/]*\/?$/.exec(href)?.[0] ?? href)
}
