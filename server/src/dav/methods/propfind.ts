import { fileName } from '../../contacts/store/card-files.ts'
import { listFiles } from '../../contacts/store/list-files.ts'
import { createPace } from '../../pace.ts'
import { findingOf, viewOf, type Call, type Handler } from '../call.ts'
import { failed } from '../dav-error.ts'
import { bookResource, findResource, firstBook } from '../find-resource.ts'
import { propertyResponse, propstat, response } from '../multistatus.ts'
import { pathOf } from '../paths.ts'
import { prepareBook } from '../prepare-book.ts'
import { readPropfind, wantedNames, type Wanted } from '../propfind-request.ts'
import { depthOf, isMinimalAsked, xmlOf } from '../read-request.ts'
import { sendMultistatus } from '../reply.ts'
import { propertyKeyOf, type BookResource, type Resource } from '../resource.ts'
import { findBooks, findStoredProperties } from '../store.ts'
import { joined, namedElement, type Xml } from '../xml/write-xml.ts'

/** RFC 4918, 9.1. A listing of everything below a collection is refused (9.1.1). */
export const propfind: Handler = async (call) => {
  const { request, reply, account, place } = call
  const wanted = readPropfind(xmlOf(request))
  const depth = depthOf(request) ?? 'infinity'
  if (depth === 'infinity' && place.kind !== 'card') {
    throw failed(403, 'D:propfind-finite-depth', 'A listing has a depth of 0 or 1.')
  }
  if (place.kind === 'book' || place.kind === 'card') {
    await prepareBook(call)
  }
  const resource = await findResource(findingOf(call), account, place)
  void reply.header('cache-control', 'no-cache')
  return sendMultistatus(reply, responses(call, resource, wanted, depth === 1))
}

async function* responses(
  call: Call,
  resource: Resource,
  wanted: Wanted,
  hasMembers: boolean,
): AsyncGenerator<Xml> {
  const { services, request, account } = call
  const key = hasMembers ? undefined : propertyKeyOf(resource)
  const stored = await findStoredProperties(services.database.read, account.userId, key)
  const isMinimal = isMinimalAsked(request)
  const describe = (one: Resource): Xml => {
    const view = viewOf(call, one, stored)
    const names = wantedNames(wanted, one, view)
    if (wanted.kind === 'names') {
      return response(
        one.href,
        propstat(
          200,
          names.map((name) => namedElement(name)),
        ),
      )
    }
    return propertyResponse(one, { names, isMinimal }, view)
  }
  yield describe(resource)
  if (!hasMembers) return
  const pace = createPace()
  for await (const members of membersOf(call, resource)) {
    for (let at = 0; at < members.length; at += describedAtOnce) {
      yield joined(members.slice(at, at + describedAtOnce).map(describe))
      await pace()
    }
  }
}

const describedAtOnce = 100

/** What is directly in a collection, some at a time. */
async function* membersOf(call: Call, resource: Resource): AsyncGenerator<Resource[]> {
  const { account } = call
  const collection = (kind: 'principals' | 'principal' | 'homes' | 'home'): Resource => ({
    kind,
    href: pathOf({ kind }, account.userId),
  })
  if (resource.kind === 'root') yield [collection('principals'), collection('homes')]
  if (resource.kind === 'principals') yield [collection('principal')]
  if (resource.kind === 'homes') yield [collection('home')]
  if (resource.kind === 'home') yield await booksOf(call)
  if (resource.kind === 'book') yield* filesOf(call, resource)
}

/** The first one first: programs that sync one book alone take that. */
async function booksOf(call: Call): Promise<BookResource[]> {
  const finding = findingOf(call)
  const { userId } = call.account
  const books = [firstBook, ...(await findBooks(finding.read, userId))]
  return Promise.all(books.map((book) => bookResource(finding, userId, book)))
}

async function* filesOf(call: Call, { book }: BookResource): AsyncGenerator<Resource[]> {
  const { services, account } = call
  for await (const files of listFiles(services.database.read, account.userId, book.id)) {
    yield files.map((file) => {
      const place = { kind: 'card', slug: book.slug, name: fileName(file) } as const
      return { kind: 'card', href: pathOf(place, account.userId), file }
    })
  }
}
