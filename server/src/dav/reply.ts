import type { FastifyReply } from 'fastify'
import { bodyOf } from '../exports/download.ts'
import type { Call } from './call.ts'
import { pathInTarget } from './paths.ts'
import type { ShortName } from './xml/names.ts'
import { document, type Xml } from './xml/write-xml.ts'

const xmlType = 'application/xml; charset=utf-8'
/** Neither class 2 nor 1 alone: there are no locks (RFC 4918, 18; RFC 6352, 6.1). */
export const compliance = '1, 3, extended-mkcol, access-control, addressbook'

export function sendXml(reply: FastifyReply, status: number, root: ShortName, ...content: Xml[]) {
  return reply
    .status(status)
    .type(xmlType)
    .send(document(root, ...content))
}

/** Names in full a collection of whose address a request left out the slash at its end (RFC 4918, 5.2). */
export function nameInFull({ request, reply }: Pick<Call, 'request' | 'reply'>, href: string) {
  const [path = ''] = pathInTarget(request.raw.url ?? '').split('?', 1)
  if (href.endsWith('/') && !path.endsWith('/')) void reply.header('content-location', href)
}

const marker = '<kith/>'

/** A multistatus (RFC 4918, 13) of as many parts as come. */
export async function sendMultistatus(reply: FastifyReply, parts: AsyncIterable<Xml>) {
  const [head = '', tail = ''] = document('D:multistatus', marker as Xml).split(marker)
  const body = await bodyOf(joinedTexts(head, parts, tail))
  return reply.status(207).type(xmlType).send(body)
}

async function* joinedTexts(start: string, rest: AsyncIterable<string>, end: string) {
  yield start
  yield* rest
  yield end
}
