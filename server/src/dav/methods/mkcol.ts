import { findFile } from '../../contacts/store/card-files.ts'
import { createBook, requireSlug } from '../books.ts'
import { authorOf, type Call, type Handler } from '../call.ts'
import { conditionsFor } from '../conditions-for.ts'
import { DavError, failed, noSuchBook } from '../dav-error.ts'
import { bookNamed } from '../find-resource.ts'
import { propstat } from '../multistatus.ts'
import { readInstructions, refusalOf } from '../property-update.ts'
import { bodyOf, headerOf, xmlOf } from '../read-request.ts'
import { sendXml } from '../reply.ts'
import type { PropertyChange } from '../store.ts'
import { childNamed, childrenOf, isNamed, type XmlElement } from '../xml/element.ts'
import { nameOf } from '../xml/names.ts'
import { element, namedElement, type Xml } from '../xml/write-xml.ts'
import { allowedAt } from './options.ts'

const typeName = nameOf('D:resourcetype')

/** MKCOL, plain or extended (RFC 5689; RFC 6352, 6.3.1): another address book in the home. */
export const mkcol: Handler = async (call) => {
  const { services, request, reply, account, place } = call
  const { read } = services.database
  if (place.kind === 'nowhere') throw new DavError(409, 'There is no collection to put this into.')
  if (place.kind === 'card') {
    const parent = await bookNamed(read, account.userId, place.slug)
    if (!parent) throw noSuchBook()
    if (await findFile(read, account.userId, parent.id, place.name)) throw await alreadyThere(call)
    throw failed(403, 'C:addressbook-collection-location-ok', 'Address books hold cards alone.')
  }
  const isThere = place.kind !== 'book' || (await bookNamed(read, account.userId, place.slug))
  if (isThere) throw await alreadyThere(call)
  requireSlug(place.slug)
  const conditions = await conditionsFor(call)
  conditions.require(undefined)
  const wanted = readWantedBook(request)
  const isGood = (change: PropertyChange) => refusalOf(change) === undefined
  const others = wanted.properties.filter(({ name }) => name !== typeName)
  if (!wanted.isTypeGood || !others.every(isGood)) {
    const { isTypeGood } = wanted
    return sendXml(reply, 403, 'D:mkcol-response', ...refusal(isTypeGood, others, isGood))
  }
  await createBook(services.database, authorOf(call), place.slug, others)
  return reply.status(201).header('cache-control', 'no-cache').send()
}

/** RFC 4918, 9.3.1. */
async function alreadyThere(call: Call): Promise<DavError> {
  void call.reply.header('allow', await allowedAt(call))
  return failed(405, 'D:resource-must-be-null', 'There is a collection or a card already.')
}

function refusal(
  isTypeGood: boolean,
  others: PropertyChange[],
  isGood: (change: PropertyChange) => boolean,
): Xml[] {
  const names = (changes: PropertyChange[]) => changes.map(({ name }) => namedElement(name))
  const bad = others.filter((change) => !isGood(change))
  const good = [...(isTypeGood ? [namedElement(typeName)] : []), ...names(others.filter(isGood))]
  return [
    ...(isTypeGood
      ? []
      : [propstat(403, [namedElement(typeName)], element('D:valid-resourcetype'))]),
    ...(bad.length === 0
      ? []
      : [propstat(403, names(bad), element('D:cannot-modify-protected-property'))]),
    ...(good.length === 0 ? [] : [propstat(424, good)]),
  ]
}

type WantedBook = { properties: PropertyChange[]; isTypeGood: boolean }

function readWantedBook(request: Parameters<typeof xmlOf>[0]): WantedBook {
  if (bodyOf(request).length === 0) return { properties: [], isTypeGood: true }
  const type = headerOf(request, 'content-type') ?? 'application/xml'
  if (!/^(?:text|application)\/xml\b/i.test(type)) throw unsupported()
  const root = xmlOf(request)
  if (!root || !isNamed(root, 'D:mkcol')) throw unsupported()
  const prop = childrenOf(root).flatMap((set) => childNamed(set, 'D:prop') ?? [])
  const bookType = prop.flatMap((one) => childNamed(one, 'D:resourcetype') ?? [])[0]
  const properties = readInstructions(root).filter(({ value }) => value !== null)
  return { properties, isTypeGood: bookType === undefined || isBookType(bookType) }
}

/** A collection, and an address book if anything more. */
function isBookType(type: XmlElement): boolean {
  const names = childrenOf(type).map(({ name }) => name)
  const allowed = new Set([nameOf('D:collection'), nameOf('C:addressbook')])
  return names.includes(nameOf('D:collection')) && names.every((name) => allowed.has(name))
}

function unsupported(): DavError {
  return new DavError(415, 'The body is no DAV:mkcol.')
}
