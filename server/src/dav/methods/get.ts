import type { Call, Handler } from '../call.ts'
import { versionFor } from '../cards/card-version.ts'
import { servedCard } from '../cards/served-card.ts'
import { conditionsOf, isFreshFor } from '../conditions.ts'
import { requireReadyFile } from '../find-resource.ts'
import type { Place } from '../paths.ts'
import { cardType } from '../properties/webdav.ts'
import { headerOf } from '../read-request.ts'
import { etagOf } from '../resource.ts'
import { getCollection } from './get-collection.ts'

/** GET and HEAD: of a card, or of a collection for people. */
export const get: Handler = (call) =>
  call.place.kind === 'card' ? getCard(call, call.place) : getCollection(call)

async function getCard(call: Call, place: Extract<Place, { kind: 'card' }>) {
  const { request, reply } = call
  const version = versionFor(headerOf(request, 'accept'))
  const file = await requireReadyFile(call, place)
  conditionsOfRead(request, file)
  void reply.headers({
    etag: etagOf(file),
    'last-modified': new Date(file.updated_at).toUTCString(),
    'cache-control': 'private, no-cache',
    vary: `${String(reply.getHeader('vary') ?? '')}, Accept`.replace(/^, /, ''),
  })
  if (isFreshFor(request, file)) return reply.status(304).send()
  return reply.type(cardType).send(servedCard(file, version))
}

/** Of a read, `If-None-Match` is no condition that fails. */
function conditionsOfRead(
  request: Parameters<typeof conditionsOf>[0],
  file: Parameters<ReturnType<typeof conditionsOf>['require']>[0],
) {
  const { 'if-none-match': _fresh, ...headers } = request.headers
  conditionsOf({ headers, url: request.url }).require(file)
}
