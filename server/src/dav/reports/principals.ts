import { viewOf, type Call } from '../call.ts'
import { DavError } from '../dav-error.ts'
import { collate } from '../filter/collation.ts'
import { propertyResponse } from '../multistatus.ts'
import { principalPath } from '../paths.ts'
import { valueOf } from '../properties/table.ts'
import { readWanted, wantedNames } from '../propfind-request.ts'
import { isMinimalAsked } from '../read-request.ts'
import { sendMultistatus, sendXml } from '../reply.ts'
import type { Resource } from '../resource.ts'
import { findStoredProperties } from '../store.ts'
import { attributeOf, childNamed, childrenNamed, childrenOf, textOf } from '../xml/element.ts'
import type { XmlElement } from '../xml/element.ts'
import { nameOf } from '../xml/names.ts'
import { element, text, type Xml } from '../xml/write-xml.ts'

// The reports of RFC 3744, 9. Nobody is found but oneself.

type Self = { principal: Resource; describe: () => Xml; valueOf: (name: string) => string }

async function findSelf(call: Call, root: XmlElement): Promise<Self> {
  const { services, account, request } = call
  const stored = await findStoredProperties(services.database.read, account.userId, 'principal')
  const principal: Resource = { kind: 'principal', href: principalPath(account.userId) }
  const view = viewOf(call, principal, stored)
  const wanted = readWanted(root) ?? { kind: 'named', names: [] }
  return {
    principal,
    describe() {
      const names = wantedNames(wanted, principal, view)
      return propertyResponse(principal, { names, isMinimal: isMinimalAsked(request) }, view)
    },
    // Without the elements that a value may have.
    valueOf: (name) =>
      (valueOf(principal, name as `{${string}}${string}`, view) ?? '').replaceAll(/<[^>]*>/g, ' '),
  }
}

async function* some(parts: Xml[]): AsyncGenerator<Xml> {
  yield* parts
}

/** Whom the access to a resource names: its owner. */
export async function aclPrincipalPropSet(call: Call, resource: Resource, root: XmlElement) {
  const self = await findSelf(call, root)
  const isOwned = ['principal', 'home', 'book', 'card'].includes(resource.kind)
  return sendMultistatus(call.reply, some(isOwned ? [self.describe()] : []))
}

/** Which resources below a collection are oneself, or one's own. */
export async function principalMatch(call: Call, resource: Resource, root: XmlElement) {
  const self = await findSelf(call, root)
  const isSelf = childNamed(root, 'D:self') !== undefined
  const isAbove = ['root', 'principals', 'principal'].includes(resource.kind)
  return sendMultistatus(call.reply, some(isSelf && isAbove ? [self.describe()] : []))
}

const searchable = new Set([nameOf('D:displayname'), nameOf('CS:email-address-set')])

/** Oneself, if all that is searched for is there, or any of it. */
export async function principalPropertySearch(call: Call, _resource: Resource, root: XmlElement) {
  const searches = childrenNamed(root, 'D:property-search')
  if (searches.length === 0) throw new DavError(400, 'Nothing is searched for.')
  const self = await findSelf(call, root)
  const isFound = (search: XmlElement) => {
    const prop = childNamed(search, 'D:prop')
    const match = childNamed(search, 'D:match')
    if (!prop || !match) throw new DavError(400, 'A DAV:property-search is not whole.')
    const wanted = collate('i;unicode-casemap', textOf(match))
    return childrenOf(prop).some(
      ({ name }) =>
        searchable.has(name) && collate('i;unicode-casemap', self.valueOf(name)).includes(wanted),
    )
  }
  const isAny = attributeOf(root, 'test') === 'anyof'
  const isShown = isAny ? searches.some(isFound) : searches.every(isFound)
  return sendMultistatus(call.reply, some(isShown ? [self.describe()] : []))
}

/** What can be searched for. */
export async function principalSearchPropertySet({ reply }: Call) {
  const properties = [
    ['D:displayname', 'Name'],
    ['CS:email-address-set', 'E-mail address'],
  ] as const
  return sendXml(
    reply,
    200,
    'D:principal-search-property-set',
    ...properties.map(([name, description]) =>
      element(
        'D:principal-search-property',
        element('D:prop', element(name)),
        element('D:description', text(description)),
      ),
    ),
  )
}
