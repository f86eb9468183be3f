import { fileName, findFiles, type MadeFile } from '../../contacts/store/card-files.ts'
import { createPace } from '../../pace.ts'
import { hostsOf, readManyBy, type Call } from '../call.ts'
import { isReady, requireBook } from '../find-resource.ts'
import { withCards } from '../known-files.ts'
import { statusResponse } from '../multistatus.ts'
import { bookPath, pathInHref, readPath } from '../paths.ts'
import { prepareBook } from '../prepare-book.ts'
import { sendMultistatus } from '../reply.ts'
import { fileAt, type Target } from '../resource.ts'
import { childrenNamed, textOf, type XmlElement } from '../xml/element.ts'
import { joined, type Xml } from '../xml/write-xml.ts'
import { readCardReport, type CardReport } from './card-responses.ts'

// Every address gets an answer; of those beyond, that there are too many.
const maxHrefs = 5_000
const readAtOnce = 100

/** The cards at some addresses (RFC 6352, 8.7). */
export async function addressbookMultiget(call: Call, _target: Target, root: XmlElement) {
  const hrefs = childrenNamed(root, 'D:href').map((href) => textOf(href).trim())
  const report = await readCardReport(call, root)
  return sendMultistatus(call.reply, responses(call, hrefs, report))
}

async function* responses(call: Call, hrefs: string[], report: CardReport): AsyncGenerator<Xml> {
  const { account, place } = call
  if (place.kind !== 'book' && place.kind !== 'card') return
  const { slug } = place
  const book = await requireBook(call.services.database.read, account.userId, slug)
  const here = bookPath(account.userId, slug)
  const pace = createPace()
  for (let at = 0; at < Math.min(hrefs.length, maxHrefs); at += readAtOnce) {
    const some = hrefs.slice(at, Math.min(at + readAtOnce, maxHrefs))
    const named = some.map((href) => ({ href, name: plainName(href, here) ?? nameIn(call, href) }))
    const names = named.flatMap(({ name }) => name ?? [])
    const files = await readReady(call, book.id, names)
    const parts = []
    for (const { href, name } of named) {
      const file = name === undefined ? undefined : files.get(name)
      parts.push(file ? report.describe(fileAt(account.userId, slug, file), file) : missing(href))
      await pace()
    }
    yield joined(parts)
  }
  yield joined(hrefs.slice(maxHrefs).map((href) => statusResponse(href, 507)))
}

/** Cards with octets that are known; the book is prepared only where some are not. */
async function readReady(
  call: Call,
  bookId: string,
  names: readonly string[],
): Promise<Map<string, MadeFile>> {
  const read = readManyBy(call.services)
  const { userId } = call.account
  const files = await findFiles(read, userId, { bookId, names })
  if (files.every(isReady)) return byName(files)
  await prepareBook(call)
  return byName(await withCards(call, await findFiles(read, userId, { bookId, names })))
}

function byName(files: readonly MadeFile[]): Map<string, MadeFile> {
  return new Map(files.map((file) => [fileName(file), file]))
}

function missing(href: string): Xml {
  return statusResponse(href, 404)
}

/** The name in an address as we write most of them; undefined where it takes a closer look. */
function plainName(href: string, bookHref: string): string | undefined {
  const name = href.startsWith(bookHref) ? href.slice(bookHref.length) : ''
  return /^[\w~-][\w.~-]*$/.test(name) ? name : undefined
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
