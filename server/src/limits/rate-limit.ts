import { finished } from 'node:stream'
import type { FastifyReply, FastifyRequest } from 'fastify'
import { AppError } from '../errors.ts'
import type { Services } from '../services.ts'
import { addressKey } from './address.ts'
import type { Take } from './counter.ts'

type Options = {
  /** Routes with the same name share one window. */
  name: string
  /** Whose window it is: the logged-in user's (after `requireUser`), or the address's. */
  by: 'user' | 'address'
  max: number
  windowSeconds: number
  /** Requests for the same that are under way at the same time take one place together. */
  sameAs?: (request: FastifyRequest) => string
}

// So that no stream of equal requests goes on for ever in the place of one.
const maxTogether = 50

/** A hook of a route that refuses with 429 what exceeds a limit. */
export type LimitHook = (
  request: FastifyRequest,
  reply: FastifyReply,
  done: () => void,
) => void | Promise<void>

/**
 * A hook that lets `max` requests pass in any `windowSeconds` and refuses the others with 429 and
 * `Retry-After`. `RateLimit` and `RateLimit-Policy` follow draft-ietf-httpapi-ratelimit-headers.
 */
export function rateLimit(
  services: Pick<Services, 'config' | 'counter' | 'metrics'>,
  options: Options,
): LimitHook {
  const { name, by, max, windowSeconds, sameAs } = options
  const policy = `"${name}";q=${max};w=${windowSeconds}`
  if (!services.config.limits.enabled) return letPass
  const together = takeTogether()
  return async (request, reply) => {
    const who = by === 'user' ? request.user.id : addressKey(request.ip)
    const takePlace = () => services.counter.take(`${name}:${who}`, max, windowSeconds)
    const take = await (sameAs
      ? together(`${who} ${sameAs(request)}`, reply, takePlace)
      : takePlace())
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

/** A hook that chooses for each request which limit it counts into. */
export function limitBy(choose: (request: FastifyRequest) => LimitHook): LimitHook {
  return (request, reply, done) => choose(request)(request, reply, done)
}

function letPass(_request: FastifyRequest, _reply: FastifyReply, done: () => void) {
  done()
}

/** Gives requests with the same key the place of the first of them that is still under way. */
function takeTogether() {
  const groups = new Map<string, { take: Promise<Take>; size: number; underWay: number }>()
  return (key: string, reply: FastifyReply, takePlace: () => Promise<Take>): Promise<Take> => {
    const found = groups.get(key)
    const group =
      found && found.size < maxTogether ? found : { take: takePlace(), size: 0, underWay: 0 }
    groups.set(key, group)
    group.size++
    group.underWay++
    finished(reply.raw, () => {
      if (--group.underWay === 0 && groups.get(key) === group) groups.delete(key)
    })
    return group.take
  }
}
