import { authorOf, type Call, type Handler } from '../call.ts'
import { versionFor } from '../cards/card-version.ts'
import { requireFileName } from '../cards/file-name.ts'
import { readSentCard } from '../cards/incoming.ts'
import { putCard } from '../cards/put-card.ts'
import { putGroup } from '../cards/put-group.ts'
import { servedCard } from '../cards/served-card.ts'
import { conditionsOf } from '../conditions.ts'
import { DavError } from '../dav-error.ts'
import { bookNamed, requireFile } from '../find-resource.ts'
import { pathOf, type Place } from '../paths.ts'
import { cardType } from '../properties/webdav.ts'
import { headerOf, isRepresentationAsked } from '../read-request.ts'
import { etagOf } from '../resource.ts'

/** PUT of a card (RFC 6352, 6.3.2). */
export const put: Handler = async (call) => {
  const { services, request, reply, account, place } = call
  if (place.kind === 'nowhere') throw new DavError(409, 'There is no collection to put this into.')
  if (place.kind !== 'card') throw new DavError(403, 'Only an address book takes cards.')
  const book = await bookNamed(services.database.read, account.userId, place.slug)
  if (!book) throw new DavError(409, 'There is no such address book.')
  requireFileName(place.name)
  const card = readSentCard(request, services.config.davMaxCard)
  const conditions = conditionsOf(request)
  const { name } = place
  const wanted = { book, name, card, conditions }
  const { outcome, etag } =
    card.read.kind === 'group'
      ? await putGroup(services, authorOf(call), wanted)
      : await putCard(services.database, authorOf(call), wanted)
  if (etag !== null) void reply.header('etag', etag)
  if (isRepresentationAsked(request)) return sendWritten(call, place, outcome)
  return reply.status(outcome === 'created' ? 201 : 204).send()
}

/** The card as it is kept, which a client without it would ask for next (RFC 8144, 3.1). */
async function sendWritten(
  { services, request, reply, account }: Call,
  place: Extract<Place, { kind: 'card' }>,
  outcome: 'created' | 'changed' | 'unchanged',
) {
  const { file } = await requireFile(services.database.read, account.userId, place)
  void reply.headers({
    etag: etagOf(file),
    'content-location': pathOf(place, account.userId),
    'preference-applied': 'return=representation',
  })
  const card = servedCard(file, versionFor(headerOf(request, 'accept')))
  return reply
    .status(outcome === 'created' ? 201 : 200)
    .type(cardType)
    .send(card)
}
