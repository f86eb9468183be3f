import { parseHosts, type Host } from '../hosts.ts'

/** A `DATABASE_URL`, which may name several hosts (libpq's "Specifying Multiple Hosts"). */
export type DatabaseAddress = {
  /** With the first host alone, and without what only says which of them to take. */
  connectionString: string
  hosts: Host[]
  /** Whether to take the host that writes, and none that only follows another one. */
  needsPrimary: boolean
}

const postgres = { protocols: ['postgres:', 'postgresql:'], usualPort: 5432 }
// libpq's names. Kith always writes, so of several hosts it takes the primary without being told to.
const primaryAttributes = new Set(['read-write', 'primary'])

/**
 * Reads `postgres://user:password@one:5432,other:5432/kith?target_session_attrs=read-write`
 * (https://www.postgresql.org/docs/current/libpq-connect.html#LIBPQ-CONNSTRING-URIS).
 * @throws Error whose message goes on behind the name of the setting
 */
export function parseDatabaseUrl(text: string): DatabaseAddress {
  const hosts = parseHosts(text, postgres)
  // Of a URL there is one host at least.
  const { url } = hosts[0] as (typeof hosts)[number]
  if (url.searchParams.get('host')?.includes(',')) {
    throw new Error('must name several hosts before its path: postgres://one:5432,other:5432/kith')
  }
  const attribute = url.searchParams.get('target_session_attrs')
  url.searchParams.delete('target_session_attrs')
  return {
    connectionString: attribute === null && hosts.length === 1 ? text : url.href,
    hosts: hosts.map(({ host, port }) => ({ host, port })),
    needsPrimary: attribute === null ? hosts.length > 1 : needsPrimary(attribute),
  }
}

function needsPrimary(attribute: string): boolean {
  if (attribute === 'any') return false
  if (primaryAttributes.has(attribute)) return true
  throw new Error('must have a target_session_attrs of read-write, primary or any: Kith writes')
}
