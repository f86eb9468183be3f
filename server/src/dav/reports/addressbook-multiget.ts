import { findFiles } from '../../contacts/store/card-files.ts'
import { createPace } from '../../pace.ts'
import { hostsOf, type Call } from '../call.ts'
import { bookNamed } from '../find-resource.ts'
import { statusResponse } from '../multistatus.ts'
import { pathInHref, readPath } from '../paths.ts'
import { sendMultistatus } from '../reply.ts'
import { fileAt, type Resource } from '../resource.ts'
import { childrenNamed, textOf, type XmlElement } from '../xml/element.ts'
import { joined, type Xml } from '../xml/write-xml.ts'
import { readCardReport, type CardReport } from './card-responses.ts'
import type { ReportCall } from './report-call.ts'

// Every address gets an answer; of those beyond, that there are too many.
const maxHrefs = 5_000
const readAtOnce = 100

/** The cards at some addresses (RFC 6352, 8.7). */
export async function addressbookMultiget(call: ReportCall, _resource: Resource, root: XmlElement) {
  const hrefs = childrenNamed(root, 'D:href').map((href) => textOf(href).trim())
  return sendMultistatus(call.reply, responses(call, hrefs, readCardReport(call, root)))
}

async function* responses(call: Call, hrefs: string[], report: CardReport): AsyncGenerator<Xml> {
  const { services, account, place } = call
  if (place.kind !== 'book' && place.kind !== 'card') return
  const { slug } = place
  const { read } = services.database
  const book = await bookNamed(read, account.userId, slug)
  const pace = createPace()
  for (let at = 0; at < Math.min(hrefs.length, maxHrefs); at += readAtOnce) {
    const some = hrefs.slice(at, Math.min(at + readAtOnce, maxHrefs))
    const named = some.map((href) => ({ href, name: nameIn(call, href) }))
    const names = named.flatMap(({ name }) => name ?? [])
    const files = book && (await findFiles(read, account.userId, { bookId: book.id, names }))
    const parts = []
    for (const { href, name } of named) {
      const file = name === undefined ? undefined : files?.get(name)
      parts.push(file ? report.describe(fileAt(account.userId, slug, file), file) : missing(href))
      await pace()
    }
    yield joined(parts)
  }
  yield joined(hrefs.slice(maxHrefs).map((href) => statusResponse(href, 507)))
}

function missing(href: string): Xml {
  return statusResponse(href, 404)
}

/** The name of the card that an address leads to; undefined where it leads out of the request's book. */
function nameIn(call: Call, href: string): string | undefined {
  const { account, place } = call
  const path = pathInHref(href, hostsOf(call))
  const target = path === undefined ? undefined : readPath(path, account.userId)
  const isHere =
    target?.kind === 'card' &&
    (place.kind === 'book' || place.kind === 'card') &&
    target.slug === place.slug
  return isHere ? target.name : undefined
}
