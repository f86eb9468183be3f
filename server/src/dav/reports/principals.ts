import { createPace } from '../../pace.ts'
import { hostsOf, viewsOf } from '../call.ts'
import { DavError } from '../dav-error.ts'
import { collate } from '../filter/collation.ts'
import { descendantsOf } from '../members.ts'
import { propertyResponse } from '../multistatus.ts'
import { pathInHref, principalPath, readPath } from '../paths.ts'
import { valueOf } from '../properties/table.ts'
import { readWanted, wantedNames } from '../propfind-request.ts'
import { depthOf, isMinimalAsked } from '../read-request.ts'
import { sendMultistatus, sendXml } from '../reply.ts'
import type { Resource } from '../resource.ts'
import { attributeOf, childNamed, childrenNamed, childrenOf, textOf } from '../xml/element.ts'
import type { XmlElement } from '../xml/element.ts'
import { nameOf, type Name } from '../xml/names.ts'
import { description, element, nothing, type Xml } from '../xml/write-xml.ts'
import { hrefsIn } from './expand-property.ts'
import type { ReportCall } from './report-call.ts'

// The reports of RFC 3744, 9. Nobody is found but oneself.

type Self = { principal: Resource; describe: () => Xml; valueOf: (name: string) => string }

function selfOf(call: ReportCall, root: XmlElement): Self {
  const { account, request, stored } = call
  const principal: Resource = { kind: 'principal', href: principalPath(account.userId) }
  const view = viewsOf(call, stored)(principal)
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

/** RFC 3744, 9: these reports are of one resource. @throws {DavError} 400 */
function requireDepthZero({ request }: Pick<ReportCall, 'request'>) {
  const depth = depthOf(request) ?? 0
  if (depth !== 0) throw new DavError(400, 'This report has a depth of 0.')
}

/** Whom the access to a resource names: its owner. */
export async function aclPrincipalPropSet(call: ReportCall, resource: Resource, root: XmlElement) {
  requireDepthZero(call)
  if (!childNamed(root, 'D:prop')) throw new DavError(400, 'The report needs a DAV:prop.')
  const self = selfOf(call, root)
  const isOwned = ['principal', 'home', 'book', 'card'].includes(resource.kind)
  return sendMultistatus(call.reply, some(isOwned ? [self.describe()] : []))
}

/** Which resources below a collection are oneself, or name oneself in a property. */
export async function principalMatch(call: ReportCall, resource: Resource, root: XmlElement) {
  requireDepthZero(call)
  const property = childNamed(root, 'D:principal-property')
  const [named] = property ? childrenOf(property) : []
  if (named) return sendMultistatus(call.reply, naming(call, resource, root, named.name))
  if (!childNamed(root, 'D:self')) {
    throw new DavError(400, 'DAV:principal-match needs DAV:self or DAV:principal-property.')
  }
  const self = selfOf(call, root)
  const isAbove = ['root', 'principals', 'principal'].includes(resource.kind)
  return sendMultistatus(call.reply, some(isAbove ? [self.describe()] : []))
}

/** The resources below a collection in which a property leads to oneself. */
async function* naming(
  call: ReportCall,
  resource: Resource,
  root: XmlElement,
  property: Name,
): AsyncGenerator<Xml> {
  const { account, request, stored } = call
  const wanted = readWanted(root) ?? { kind: 'named', names: [] }
  const isMinimal = isMinimalAsked(request)
  const viewOf = viewsOf(call, stored)
  const pace = createPace()
  for await (const members of descendantsOf(call, resource)) {
    for (const member of members) {
      await pace()
      const view = viewOf(member)
      if (!hrefsIn(valueOf(member, property, view) ?? nothing).some(isSelf)) continue
      yield propertyResponse(member, { names: wantedNames(wanted, member, view), isMinimal }, view)
    }
  }

  function isSelf(href: string): boolean {
    const path = pathInHref(href, hostsOf(call))
    return path !== undefined && readPath(path, account.userId)?.kind === 'principal'
  }
}

const searchable = new Set([nameOf('D:displayname'), nameOf('CS:email-address-set')])

/** Oneself, if all that is searched for is there, or any of it. */
export async function principalPropertySearch(
  call: ReportCall,
  _resource: Resource,
  root: XmlElement,
) {
  requireDepthZero(call)
  const searches = childrenNamed(root, 'D:property-search')
  if (searches.length === 0) throw new DavError(400, 'Nothing is searched for.')
  const self = selfOf(call, root)
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
export async function principalSearchPropertySet(call: ReportCall) {
  requireDepthZero(call)
  const properties = [
    ['D:displayname', 'Name'],
    ['CS:email-address-set', 'E-mail address'],
  ] as const
  return sendXml(
    call.reply,
    200,
    'D:principal-search-property-set',
    ...properties.map(([name, what]) =>
      element('D:principal-search-property', element('D:prop', element(name)), description(what)),
    ),
  )
}
