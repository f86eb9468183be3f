import type { FastifyReply, FastifyRequest } from 'fastify'
import { problemFor } from '../http/problem.ts'
import { DavError } from './dav-error.ts'
import { sendXml } from './reply.ts'
import { element, namedElement, text, type Xml } from './xml/write-xml.ts'

/** A sentence for people, which no standard has an element for. */
function sentence(detail: string): Xml {
  return namedElement('{urn:kith:dav}detail', text(detail))
}

/** RFC 6352, 6.3.2.1, of a card that is not even read to its end. */
function conditionOf(status: number, { method }: FastifyRequest): Xml[] {
  const isCard = method === 'PUT' || method === 'POST'
  return status === 413 && isCard ? [element('C:max-resource-size')] : []
}

/** An error as WebDAV answers it (RFC 4918, 16). */
export function sendDavError(error: unknown, request: FastifyRequest, reply: FastifyReply) {
  void reply.header('cache-control', 'no-store')
  if (error instanceof DavError) {
    const condition = error.condition === undefined ? [] : [error.condition]
    return sendXml(reply, error.status, 'D:error', ...condition, sentence(error.message))
  }
  const { status, detail } = problemFor(error, request, reply)
  return sendXml(reply, status, 'D:error', ...conditionOf(status, request), sentence(detail))
}
