import { streamOf } from '../../exports/download.ts'
import { html } from '../../html.ts'
import { createPace } from '../../pace.ts'
import type { Call } from '../call.ts'
import { findTarget } from '../find-resource.ts'
import { membersOf } from '../members.ts'
import { nameInFull } from '../reply.ts'
import type { Target } from '../resource.ts'

/** What is in a collection, as a page of links for who opens it in a browser. */
export async function getCollection(call: Call) {
  const { reply, request } = call
  const resource = await findTarget(call)
  nameInFull(call, resource.href)
  void reply.type('text/html; charset=utf-8').header('cache-control', 'private, no-cache')
  return reply.send(request.method === 'HEAD' ? '' : streamOf(pageOf(call, resource)))
}

// No address holds it.
const members = '\0'

async function* pageOf(call: Call, resource: Target): AsyncGenerator<string> {
  const path = decodeURIComponent(resource.href)
  // Without a style: a page of data may bring none.
  const page = html`<!doctype html>
    <html lang="en">
      <meta charset="utf-8" />
      <meta name="viewport" content="width=device-width" />
      <meta name="color-scheme" content="light dark" />
      <title>${path}</title>
      <h1>${nameIn(resource.href)}</h1>
      <p>${path}</p>
      <ul>
        ${members}
      </ul>
    </html> `
  const [start = '', end = ''] = page.markup.split(members)
  yield start
  const pace = createPace()
  for await (const some of membersOf(call, resource)) {
    for (const { href } of some) {
      yield html`<li><a href="${href}">${nameIn(href)}</a></li> `.markup
      await pace()
    }
  }
  yield end
}

/** The last part of an address, as people read it. */
function nameIn(href: string): string {
  return decodeURIComponent(/[^/]*\/?$/.exec(href)?.[0] ?? href)
}
