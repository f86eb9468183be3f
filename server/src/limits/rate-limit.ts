import type { FastifyReply, FastifyRequest } from 'fastify'
import { AppError } from '../errors.ts'
import type { Services } from '../services.ts'
import { addressKey } from './address.ts'

type Options = {
  /** Routes with the same name share one window. */
  name: string
  /** Whose window it is: the logged-in user's (after `requireUser`), or the address's. */
  by: 'user' | 'address'
  max: number
  windowSeconds: number
}

/**
 * A hook that lets `max` requests pass in any `windowSeconds` and refuses the others with 429 and
 * `Retry-After`. `RateLimit` and `RateLimit-Policy` follow draft-ietf-httpapi-ratelimit-headers.
 */
export function rateLimit(
  services: Pick<Services, 'config' | 'counter' | 'metrics'>,
  options: Options,
) {
  const { name, by, max, windowSeconds } = options
  const policy = `"${name}";q=${max};w=${windowSeconds}`
  if (!services.config.limits.enabled) return letPass
  return async (request: FastifyRequest, reply: FastifyReply): Promise<void> => {
    const who = by === 'user' ? request.user.id : addressKey(request.ip)
    const take = await services.counter.take(`${name}:${who}`, max, windowSeconds)
    const reset = take.allowed ? windowSeconds : take.retryAfterSeconds
    void reply.header('ratelimit-policy', policy)
    void reply.header('ratelimit', `"${name}";r=${take.remaining};t=${reset}`)
    if (take.allowed) return
    services.metrics.limited.inc({ limit: name })
    const { retryAfterSeconds } = take
    const detail = `Too many requests. Wait ${retryAfterSeconds} s.`
    throw new AppError('too_many', 'rate_limited', detail, { retryAfterSeconds })
  }
}

function letPass(_request: FastifyRequest, _reply: FastifyReply, done: () => void) {
  done()
}
