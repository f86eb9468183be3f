import { createPace } from '../../pace.ts'
import { findingOf, viewOf, type Call, type Handler } from '../call.ts'
import { failed } from '../dav-error.ts'
import { findResource } from '../find-resource.ts'
import { membersOf } from '../members.ts'
import { nameResponse, propertyResponse } from '../multistatus.ts'
import { prepareBook } from '../prepare-book.ts'
import { readPropfind, wantedNames, type Wanted } from '../propfind-request.ts'
import { depthOf, isMinimalAsked, xmlOf } from '../read-request.ts'
import { sendMultistatus } from '../reply.ts'
import { propertyKeyOf, type Resource } from '../resource.ts'
import { findStoredProperties } from '../store.ts'
import { joined, type Xml } from '../xml/write-xml.ts'

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
    if (wanted.kind === 'names') return nameResponse(one, names)
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
