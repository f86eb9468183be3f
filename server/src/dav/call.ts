import type { FastifyReply, FastifyRequest } from 'fastify'
import type { Author } from '../contacts/store/locked-book.ts'
import type { Ask } from '../db/ask.ts'
import type { Services } from '../services.ts'
import type { DavAccount } from './account.ts'
import type { Place } from './paths.ts'
import type { View } from './properties/property.ts'
import { propertyKeyOf, type Resource } from './resource.ts'
import type { StoredProperties } from './store.ts'

export type DavServices = Pick<Services, 'database' | 'config' | 'jobs' | 'newContacts' | 'turns'>

/** A request whose sender and place are known. */
export type Call = {
  services: DavServices
  request: FastifyRequest
  reply: FastifyReply
  account: DavAccount
  place: Place
}

export type Handler = (call: Call) => Promise<FastifyReply>

export function authorOf({ account: { userId } }: Pick<Call, 'account'>): Author {
  return { ownerId: userId, actorId: userId, via: 'carddav' }
}

/**
 * Asks for many cards, in turns: the connections that reads share are few, and who reads one contact would wait
 * on each of them for what several phones read at once.
 */
export function readManyBy({ database, turns }: Pick<DavServices, 'database' | 'turns'>): Ask {
  return (statement, values) => turns.cards.run(() => database.read(statement, values))
}

/** The hosts that mean us: as the client names it, and as people do, where a proxy names another one. */
export function hostsOf({ request, services }: Pick<Call, 'request' | 'services'>) {
  return [request.headers.host, services.config.publicUrl.host]
}

/** With what resources are looked up. */
export function findingOf({ services: { database, config } }: Pick<Call, 'services'>) {
  return { read: database.read, write: database.write, publicUrl: config.publicUrl }
}

const none: View['stored'] = new Map()

/** How the caller sees resources: alike, but for what clients have written of each. */
export function viewsOf(
  { account, services }: Pick<Call, 'account' | 'services'>,
  stored: StoredProperties,
): (resource: Resource) => View {
  const plain = { account, maxCardSize: services.config.davMaxCard, stored: none }
  if (stored.size === 0) return () => plain
  return (resource) => {
    const key = propertyKeyOf(resource)
    const own = key === undefined ? undefined : stored.get(key)
    return own ? { ...plain, stored: own } : plain
  }
}
