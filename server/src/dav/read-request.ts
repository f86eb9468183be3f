import { isUtf8 } from 'node:buffer'
import type { FastifyRequest } from 'fastify'
import type { Call } from './call.ts'
import { DavError } from './dav-error.ts'
import type { XmlElement } from './xml/element.ts'
import { parseXml } from './xml/parse-xml.ts'
import { XmlError } from './xml/xml-error.ts'

// A report that names 5,000 cards takes half of it.
const maxXmlOctets = 1024 * 1024

export function bodyOf({ body }: FastifyRequest): Buffer {
  return Buffer.isBuffer(body) ? body : Buffer.alloc(0)
}

/** Refuses a body that is encoded, or a part of something. @throws {DavError} 400, 415 */
export function requireWholeBody({ request, reply }: Pick<Call, 'request' | 'reply'>) {
  const coding = headerOf(request, 'content-encoding') ?? 'identity'
  if (coding.trim().toLowerCase() !== 'identity') {
    void reply.header('accept-encoding', 'identity')
    throw new DavError(415, 'Bodies are read without an encoding.')
  }
  // RFC 9110, 14.5.
  if (headerOf(request, 'content-range') !== undefined) {
    throw new DavError(400, 'A part of a resource cannot be written.')
  }
}

/** The XML in a body; undefined for an empty one. @throws {DavError} 400, 413 */
export function xmlOf(request: FastifyRequest): XmlElement | undefined {
  const body = bodyOf(request)
  if (body.length === 0) return undefined
  if (body.length > maxXmlOctets) throw new DavError(413, 'The body is larger than 1 MiB.')
  try {
    return parseXml(body)
  } catch (error) {
    if (!(error instanceof XmlError)) throw error
    throw new DavError(400, error.message)
  }
}

export function requiredXmlOf(request: FastifyRequest): XmlElement {
  const root = xmlOf(request)
  if (!root) throw new DavError(400, 'The request needs a body of XML.')
  return root
}

/**
 * An address in a header, of which Node makes one character for each octet.
 * @returns undefined where these are no UTF-8: two addresses would be read as one
 */
export function addressText(header: string): string | undefined {
  if (/^[\0-\x7f]*$/.test(header)) return header
  const octets = Buffer.from(header, 'latin1')
  return isUtf8(octets) ? octets.toString('utf8') : undefined
}

/** A header by its name, if it is there once. */
export function headerOf(
  { headers }: Pick<FastifyRequest, 'headers'>,
  name: string,
): string | undefined {
  const value = headers[name]
  return typeof value === 'string' ? value : value?.[0]
}

export type Depth = 0 | 1 | 'infinity'

/** RFC 4918, 10.2. @throws {DavError} 400 */
export function depthOf(request: FastifyRequest): Depth | undefined {
  const depth = headerOf(request, 'depth')?.trim().toLowerCase()
  if (depth === undefined || depth === 'infinity') return depth
  // `1,noroot` is an extension that some old clients send.
  if (depth === '0') return 0
  if (depth === '1' || /^1,\s*noroot$/.test(depth)) return 1
  throw new DavError(400, 'Depth must be 0, 1 or infinity.')
}

/** A collection goes with all that is in it (RFC 4918, 9.6.1 and 9.9.2). @throws {DavError} 400 */
export function requireWhole({ request }: Pick<Call, 'request'>) {
  const depth = depthOf(request) ?? 'infinity'
  if (depth !== 'infinity') throw new DavError(400, 'An address book goes with all its cards.')
}

/** Whether the client does without what it can conclude (RFC 8144, 2; `Brief` is Microsoft's). */
export function isMinimalAsked(request: FastifyRequest): boolean {
  return isPreferred(request, 'minimal') || headerOf(request, 'brief')?.trim() === 't'
}

/** Whether the client wants to read what it has written (RFC 8144, 3). */
export function isRepresentationAsked(request: FastifyRequest): boolean {
  return isPreferred(request, 'representation')
}

/** Whether the client does without the collection that it lists (RFC 8144, 4; `1,noroot` is Microsoft's). */
export function isRootOmitted(request: FastifyRequest): boolean {
  const depth = headerOf(request, 'depth') ?? ''
  return preferencesOf(request).includes('depth-noroot') || /,\s*noroot\s*$/i.test(depth)
}

/** RFC 7240, 4.2; with a hyphen in the drafts of the standard, which some programs still follow. */
function isPreferred(request: FastifyRequest, what: 'minimal' | 'representation'): boolean {
  return preferencesOf(request).some((one) => one === `return=${what}` || one === `return-${what}`)
}

function preferencesOf(request: FastifyRequest): string[] {
  const prefer = headerOf(request, 'prefer')
  if (prefer === undefined) return []
  return prefer.split(/[,;]/).map((one) => one.replaceAll(/[\s"]/g, '').toLowerCase())
}
