import type { FastifyRequest } from 'fastify'

/** Who is calling, as far as the connection tells. */
export type Client = { ip: string; userAgent: string }

/** Whoever runs the server, at its command line. */
export const operator: Client = { ip: '', userAgent: '' }

const maxUserAgentLength = 300

export function clientOf(request: FastifyRequest): Client {
  const userAgent = (request.headers['user-agent'] ?? '')
    .toWellFormed()
    .slice(0, maxUserAgentLength)
  return { ip: request.ip.replace(/^::ffff:(?=\d+\.)/i, ''), userAgent }
}
