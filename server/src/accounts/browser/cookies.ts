import { createHash, randomBytes } from 'node:crypto'
import type { FastifyReply, FastifyRequest } from 'fastify'
import type { Config } from '../../config.ts'

/** What a browser shows: a refresh token, and the device that it was given to. */
export type ShownCookies = { refreshToken: string; deviceHash: Buffer }

const deviceForm = /^[\w-]{43}$/
// The session's refresh token is a JWT of some 400 characters.
const maxLength = 2_000
const refreshPath = '/api/auth/browser'

export type SessionCookies = ReturnType<typeof sessionCookies>

/**
 * The two cookies of a session in a browser (RFC 6265bis). A sibling domain can set the first, so it is
 * good only beside the second, which none can set where it has the prefix `__Host-`. Whether they are
 * `Secure` follows from PUBLIC_URL, and never from what a proxy says.
 */
export function sessionCookies({ publicUrl }: Pick<Config, 'publicUrl'>) {
  const isSecure = publicUrl.protocol === 'https:'
  const refreshName = isSecure ? '__Secure-kith-refresh' : 'kith-refresh'
  const deviceName = isSecure ? '__Host-kith-device' : 'kith-device'

  function set(reply: FastifyReply, refreshToken: string, device: string, maxAgeSeconds: number) {
    const end = `Max-Age=${maxAgeSeconds}; HttpOnly; SameSite=Strict${isSecure ? '; Secure' : ''}`
    void reply.header('set-cookie', [
      `${refreshName}=${refreshToken}; Path=${refreshPath}; ${end}`,
      `${deviceName}=${device}; Path=/; ${end}`,
    ])
  }

  return {
    /** Sets both, until the session's end. */
    set(reply: FastifyReply, refreshToken: string, device: string, endsAt: Date) {
      const seconds = Math.max(0, Math.floor((endsAt.getTime() - Date.now()) / 1000))
      set(reply, refreshToken, device, seconds)
    },
    clear: (reply: FastifyReply) => set(reply, '', '', 0),
    /** The device alone. */
    readDevice({ headers }: FastifyRequest): Buffer | undefined {
      const device = onlyValue(headers.cookie, deviceName)
      return device && deviceForm.test(device) ? hashDevice(device) : undefined
    },
    /** Both cookies as they were shown, each once; undefined otherwise. */
    read({ headers }: FastifyRequest): (ShownCookies & { device: string }) | undefined {
      const refreshToken = onlyValue(headers.cookie, refreshName)
      const device = onlyValue(headers.cookie, deviceName)
      if (!refreshToken || !device || !deviceForm.test(device)) return undefined
      return { refreshToken, device, deviceHash: hashDevice(device) }
    },
  }
}

/** What marks a browser: 32 random bytes, of which the database keeps the SHA-256. */
export function makeDevice(): { device: string; deviceHash: Buffer } {
  const device = randomBytes(32).toString('base64url')
  return { device, deviceHash: hashDevice(device) }
}

function hashDevice(device: string): Buffer {
  return createHash('sha256').update(device).digest()
}

/** Of two cookies with one name, one was planted, and nobody knows which. */
function onlyValue(header: string | undefined, name: string): string | undefined {
  const pairs = (header ?? '').split(';').map((pair) => pair.trim())
  const values = pairs.flatMap((pair) =>
    pair.startsWith(`${name}=`) ? [pair.slice(name.length + 1)] : [],
  )
  const [value] = values
  return values.length === 1 && value !== undefined && value.length <= maxLength ? value : undefined
}
