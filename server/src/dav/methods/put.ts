import { authorOf, type Call, type Handler } from '../call.ts'
import { versionFor } from '../cards/card-version.ts'
import { requireFileName } from '../cards/file-name.ts'
import { readSentCard } from '../cards/incoming.ts'
import { putCard, type PutCard } from '../cards/put-card.ts'
import { putGroup } from '../cards/put-group.ts'
import { servedCard } from '../cards/served-card.ts'
import { conditionsFor } from '../conditions-for.ts'
import { DavError, noSuchBook } from '../dav-error.ts'
import { bookNamed, requireReadyFile } from '../find-resource.ts'
import { pathOf, type Place } from '../paths.ts'
import { cardType } from '../properties/webdav.ts'
import { headerOf, isRepresentationAsked } from '../read-request.ts'
import { etagOf } from '../resource.ts'

type CardPlace = Extract<Place, { kind: 'card' }>

/** PUT of a card (RFC 6352, 6.3.2). */
export const put: Handler = async (call) => {
  const { place } = call
  if (place.kind === 'nowhere') throw new DavError(409, 'There is no collection to put this into.')
  if (place.kind !== 'card') throw new DavError(403, 'Only an address book takes cards.')
  return sendWritten(call, place, await writeCard(call, place))
}

/** Writes the card in a request to a place in a book. @throws {DavError} also 406 */
export async function writeCard(call: Call, place: CardPlace): Promise<PutCard> {
  const { services, request, account } = call
  const book = await bookNamed(services.database.read, account.userId, place.slug)
  if (!book) throw noSuchBook()
  requireFileName(place.name)
  // What cannot be sent back as it is asked for is not written either.
  if (isRepresentationAsked(request)) versionFor(headerOf(request, 'accept'))
  const card = readSentCard(request, services.config.davMaxCard)
  const conditions = await conditionsFor(call)
  const { name } = place
  const wanted = { book, name, card, conditions }
  if (card.read.kind === 'group') return putGroup(services, authorOf(call), wanted)
  const written = await putCard(services.database, authorOf(call), wanted)
  if (written.outcome === 'created') services.newContacts.note(1)
  return written
}

export async function sendWritten(call: Call, place: CardPlace, { outcome, etag }: PutCard) {
  const { request, reply } = call
  if (isRepresentationAsked(request)) return sendCard(call, place, outcome)
  if (etag !== null) void reply.header('etag', etag)
  return reply.status(outcome === 'created' ? 201 : 204).send()
}

/** The card as it is kept, which a client without it would ask for next (RFC 8144, 3.1). */
async function sendCard(call: Call, place: CardPlace, outcome: PutCard['outcome']) {
  const { request, reply, account } = call
  const file = await requireReadyFile(call, place)
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
