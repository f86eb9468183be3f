import type { FastifyRequest } from 'fastify'
import type { Author } from './store/locked-book.ts'

/** Whoever calls the API writes into their own book. */
export function apiAuthor({ user }: Pick<FastifyRequest, 'user'>): Author {
  return { ownerId: user.id, actorId: user.id, via: 'api' }
}
