import type { FastifyReply } from 'fastify'
import { createPace } from '../../pace.ts'
import { viewsOf, type Call, type Handler } from '../call.ts'
import { asksContentLength, withContentLengths } from '../cards/with-content-lengths.ts'
import { failed } from '../dav-error.ts'
import { findReady } from '../find-resource.ts'
import { membersOf } from '../members.ts'
import { nameResponse, propertyResponse } from '../multistatus.ts'
import { mayBeStored, readPropfind, wantedNames, type Wanted } from '../propfind-request.ts'
import { depthOf, isMinimalAsked, isRootOmitted, xmlOf } from '../read-request.ts'
import { nameInFull, sendMultistatus } from '../reply.ts'
import type { Resource } from '../resource.ts'
import { findStoredProperties, noStored, type StoredProperties } from '../store.ts'
import { joined, type Xml } from '../xml/write-xml.ts'

/** RFC 4918, 9.1. A listing of everything below a collection is refused (9.1.1). */
export const propfind: Handler = async (call) => {
  const { services, request, reply, account, place } = call
  const wanted = readPropfind(xmlOf(request))
  const depth = depthOf(request) ?? 'infinity'
  if (depth === 'infinity' && place.kind !== 'card') {
    throw failed(403, 'D:propfind-finite-depth', 'A listing has a depth of 0 or 1.')
  }
  const [resource, stored] = await Promise.all([
    findReady(call),
    mayBeStored(wanted)
      ? findStoredProperties(
          services.database.read,
          account.userId,
          depth === 1 ? undefined : place,
        )
      : noStored,
  ])
  nameInFull(call, resource.href)
  void reply.header('cache-control', 'no-cache')
  const isListed = depth === 1
  const isOmitted = isListed && isRootOmitted(request)
  if (isOmitted) addPreference(reply, 'depth-noroot')
  return sendMultistatus(reply, responses(call, resource, stored, { wanted, isListed, isOmitted }))
}

async function* responses(
  call: Call,
  resource: Resource,
  stored: StoredProperties,
  { wanted, isListed, isOmitted }: { wanted: Wanted; isListed: boolean; isOmitted: boolean },
): AsyncGenerator<Xml> {
  const isMinimal = isMinimalAsked(call.request)
  const viewOf = viewsOf(call, stored)
  const describe = (one: Resource): Xml => {
    const view = viewOf(one)
    const names = wantedNames(wanted, one, view)
    if (wanted.kind === 'names') return nameResponse(one, names)
    return propertyResponse(one, { names, isMinimal }, view)
  }
  if (!isOmitted) yield describe(resource)
  if (!isListed) return
  const pace = createPace()
  for await (const members of membersOf(call, resource)) {
    const known = asksContentLength(wanted)
      ? await withContentLengths(call, members, pace)
      : members
    yield joined(known.map(describe))
    await pace()
  }
}

/** Beside the preferences of the request that are heeded already (RFC 7240, 3). */
function addPreference(reply: FastifyReply, preference: string) {
  const before = reply.getHeader('preference-applied')
  void reply.header(
    'preference-applied',
    before === undefined ? preference : `${String(before)}, ${preference}`,
  )
}
