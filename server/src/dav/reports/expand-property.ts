import { hostsOf, viewsOf, type Call } from '../call.ts'
import { DavError } from '../dav-error.ts'
import { findReady } from '../find-resource.ts'
import { propertyResponse, statusResponse } from '../multistatus.ts'
import { pathInHref, readPath } from '../paths.ts'
import { valueOf } from '../properties/table.ts'
import { isMinimalAsked } from '../read-request.ts'
import { sendMultistatus } from '../reply.ts'
import type { Resource } from '../resource.ts'
import type { StoredProperties } from '../store.ts'
import { attributeOf, childrenNamed, type XmlElement } from '../xml/element.ts'
import type { Name } from '../xml/names.ts'
import { joined, namedElement, type Xml } from '../xml/write-xml.ts'
import type { ReportCall } from './report-call.ts'

// Each is a look-up; a client needs a few.
const maxExpansions = 50

/** What an answer is made of, and how many resources may still be looked up. */
type Expansion = { call: Call; stored: StoredProperties; left: number }

/** Properties with what they lead to described in their place (RFC 3253, 3.8). */
export async function expandProperty(call: ReportCall, resource: Resource, root: XmlElement) {
  const { stored } = call
  return sendMultistatus(
    call.reply,
    single(expand({ call, stored, left: maxExpansions }, resource, root)),
  )
}

async function* single(part: Promise<Xml>): AsyncGenerator<Xml> {
  yield await part
}

async function expand(expansion: Expansion, resource: Resource, element: XmlElement): Promise<Xml> {
  const { call, stored } = expansion
  const view = viewsOf(call, stored)(resource)
  const names: Name[] = []
  const special = new Map<Name, Xml>()
  for (const property of childrenNamed(element, 'D:property')) {
    const name = nameOfProperty(property)
    names.push(name)
    const value = valueOf(resource, name, view)
    if (value === undefined || childrenNamed(property, 'D:property').length === 0) continue
    const expanded = await Promise.all(
      hrefsIn(value).map((href) => expandHref(expansion, href, property)),
    )
    special.set(name, namedElement(name, joined(expanded)))
  }
  return propertyResponse(
    resource,
    { names, isMinimal: isMinimalAsked(call.request) },
    view,
    special,
  )
}

async function expandHref(expansion: Expansion, href: string, property: XmlElement): Promise<Xml> {
  if (--expansion.left < 0) {
    throw new DavError(403, `More than ${maxExpansions} resources are to be expanded.`)
  }
  const { call } = expansion
  const path = pathInHref(href, hostsOf(call))
  const place = path === undefined ? undefined : readPath(path, call.account.userId)
  if (!place) return statusResponse(href, 404)
  const resource = await findReady({ ...call, place })
  return expand(expansion, resource, property)
}

/** Of a value that we wrote: its addresses hold nothing that would be escaped. */
export function hrefsIn(value: Xml): string[] {
  return Array.from(value.matchAll(/<D:href>([^<]*)<\/D:href>/g), ([, href = '']) => href)
}

function nameOfProperty(property: XmlElement): Name {
  const local = attributeOf(property, 'name')
  if (!local) throw new DavError(400, 'A DAV:property has no name.')
  return `{${attributeOf(property, 'namespace') ?? 'DAV:'}}${local}`
}
