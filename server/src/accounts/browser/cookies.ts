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

/** Marks a browser: the cookie, and what the database keeps of it. */
export type Device = { device: string; deviceHash: Buffer }

/** Without https, no cookie can mark a browser that others could not plant there. */
const unmarked: Device = { device: '', deviceHash: hashDevice('') }

/**
 * The cookies of a session in a browser (RFC 6265bis). A sibling domain can set the first, so with https it
 * is good only beside the second, whose prefix `__Host-` keeps others from setting it. Whether they are
 * `Secure` follows from PUBLIC_URL, and never from what a proxy says.
 */
export function sessionCookies({ publicUrl }: Pick<Config, 'publicUrl'>) {
  const isSecure = publicUrl.protocol === 'https:'
  const refreshName = isSecure ? '__Secure-kith-refresh' : 'kith-refresh'
  const deviceName = isSecure ? '__Host-kith-device' : null

  function set(reply: FastifyReply, refreshToken: string, device: string, maxAgeSeconds: number) {
    const end = `Max-Age=${maxAgeSeconds}; HttpOnly; SameSite=Strict${isSecure ? '; Secure' : ''}`
    void reply.header('set-cookie', [
      `${refreshName}=${refreshToken}; Path=${refreshPath}; ${end}`,
      ...(deviceName === null ? [] : [`${deviceName}=${device}; Path=/; ${end}`]),
    ])
  }

  function readDevice({ headers }: FastifyRequest): Device | undefined {
    if (deviceName === null) return undefined
    const device = onlyValue(headers.cookie, deviceName)
    return device && deviceForm.test(device) ? markedBy(device) : undefined
  }

  return {
    /** A new mark, of 32 random bytes. */
    newDevice: () => (isSecure ? markedBy(randomBytes(32).toString('base64url')) : unmarked),
    /** Sets them, until the session's end. */
    set(reply: FastifyReply, refreshToken: string, device: string, endsAt: Date) {
      const seconds = Math.max(0, Math.floor((endsAt.getTime() - Date.now()) / 1000))
      set(reply, refreshToken, device, seconds)
    },
    clear: (reply: FastifyReply) => set(reply, '', '', 0),
    /** The mark alone, where there is one. */
    readDevice,
    /** The cookies as they were shown, each once; undefined otherwise. */
    read(request: FastifyRequest): (ShownCookies & Device) | undefined {
      const refreshToken = onlyValue(request.headers.cookie, refreshName)
      const device = isSecure ? readDevice(request) : unmarked
      return refreshToken && device ? { refreshToken, ...device } : undefined
    },
  }
}

function markedBy(device: string): Device {
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
