/** Where a PostgreSQL may be. */
export type Host = { host: string; port: number }

/** A `DATABASE_URL`, which may name several hosts (libpq's "Specifying Multiple Hosts"). */
export type DatabaseAddress = {
  /** With the first host alone, and without what only says which of them to take. */
  connectionString: string
  hosts: Host[]
  /** Whether to take the host that writes, and none that only follows another one. */
  needsPrimary: boolean
}

const usualPort = 5432
// libpq's names. Kith always writes, so of several hosts it takes the primary without being told to.
const primaryAttributes = new Set(['read-write', 'primary'])

/**
 * Reads `postgres://user:password@one:5432,other:5432/kith?target_session_attrs=read-write`
 * (https://www.postgresql.org/docs/current/libpq-connect.html#LIBPQ-CONNSTRING-URIS).
 * @throws Error whose message goes on behind the name of the setting
 */
export function parseDatabaseUrl(text: string): DatabaseAddress {
  const [, start = '', authority = '', rest = ''] =
    /^(postgres(?:ql)?:\/\/)([^/?#]*)(.*)$/s.exec(text) ?? []
  const login = authority.slice(0, authority.lastIndexOf('@') + 1)
  const names = authority.slice(login.length).split(',')
  const hosts = names.map(parseHost)
  const url = URL.parse(`${start}${login}${names[0]}${rest}`)
  if (!url?.hostname) {
    throw new Error('must be a URL that starts with postgres:// and names a host')
  }
  if (url.searchParams.get('host')?.includes(',')) {
    throw new Error('must name several hosts before its path: postgres://one:5432,other:5432/kith')
  }
  const attribute = url.searchParams.get('target_session_attrs')
  url.searchParams.delete('target_session_attrs')
  return {
    connectionString: attribute === null && hosts.length === 1 ? text : url.href,
    hosts,
    needsPrimary: attribute === null ? hosts.length > 1 : needsPrimary(attribute),
  }
}

function parseHost(text: string): Host {
  const url = URL.parse(`postgres://${text}`)
  if (!url?.hostname || url.pathname) {
    throw new Error('must be a URL that starts with postgres:// and names a host')
  }
  const host = decodeURIComponent(url.hostname).replace(/^\[(.*)\]$/, '$1')
  return { host, port: Number(url.port) || usualPort }
}

function needsPrimary(attribute: string): boolean {
  if (attribute === 'any') return false
  if (primaryAttributes.has(attribute)) return true
  throw new Error('must have a target_session_attrs of read-write, primary or any: Kith writes')
}
