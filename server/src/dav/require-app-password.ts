import type { Socket } from 'node:net'
import type { FastifyReply, FastifyRequest } from 'fastify'
import { readAppPassword, type ShownPassword } from '../accounts/access-keys/identity.ts'
import { clientOf } from '../accounts/client.ts'
import { AppError } from '../errors.ts'
import { addressKey } from '../limits/address.ts'
import type { Services } from '../services.ts'
import type { DavAccount } from './account.ts'

declare module 'fastify' {
  interface FastifyRequest {
    /** Set by `requireAppPassword`. */
    dav: DavAccount
  }
}

/**
 * Never another text: macOS forgets a password whose realm has changed. And UTF-8, since addresses may
 * have any letters (RFC 7617, 2.1).
 */
const challenge = 'Basic realm="Kith", charset="UTF-8"'

// A wrong password is a guess; from an address that guesses, further ones are refused, and good ones are
// not, so that a phone keeps its contacts while somebody behind the same address guesses.
const maxGuesses = 30
const guessWindowSeconds = 60

/** A hook that lets in who shows an app password. */
export function requireAppPassword(services: Services) {
  const { keyIdentities, keyUses, counter, config, metrics } = services

  return async (request: FastifyRequest, reply: FastifyReply): Promise<void> => {
    const shown = readShown(request)
    const holder = shown && (await keyIdentities.byAppPassword(shown))
    if (!holder) {
      if (shown) await countGuess(request)
      void reply.header('www-authenticate', challenge)
      throw new AppError('unauthorized', 'not_authenticated', 'An app password is needed.')
    }
    keyUses.note(holder, clientOf(request))
    const { user, keyId, scope } = holder
    request.dav = {
      userId: user.id,
      keyId,
      email: user.email,
      username: user.username,
      isReadOnly: scope === 'read_only',
    }
    const { max, windowSeconds } = config.limits.dav
    await count(`dav:${keyId}`, max, windowSeconds, 'Too many requests.')
  }

  function countGuess({ ip }: FastifyRequest) {
    return count(
      `dav-guess:${addressKey(ip)}`,
      maxGuesses,
      guessWindowSeconds,
      'Too many wrong passwords.',
    )
  }

  async function count(key: string, max: number, windowSeconds: number, what: string) {
    if (!config.limits.enabled) return
    const take = await counter.take(key, max, windowSeconds)
    if (take.allowed) return
    metrics.limited.inc({ limit: 'dav' })
    const { retryAfterSeconds } = take
    const detail = `${what} Wait ${retryAfterSeconds} s.`
    throw new AppError('too_many', 'rate_limited', detail, { retryAfterSeconds })
  }
}

/** The header that came last over a connection, which programs send with every request. */
const lastShown = new WeakMap<Socket, { header: string; shown: ShownPassword }>()

function readShown({ raw, headers }: FastifyRequest): ShownPassword | undefined {
  const header = headers.authorization ?? ''
  const last = lastShown.get(raw.socket)
  if (last?.header === header) return last.shown
  const shown = readAppPassword(header)
  if (shown) lastShown.set(raw.socket, { header, shown })
  return shown
}
