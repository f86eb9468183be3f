/** Where a server may be. */
export type Host = { host: string; port: number }

type Kind = { protocols: readonly string[]; usualPort: number }

/**
 * Reads a URL that may name several hosts, as `postgres://user:password@one:5432,other:5432/kith`.
 * @returns the hosts, and the URL with each of them alone
 * @throws Error whose message goes on behind the name of the setting
 */
export function parseHosts(text: string, { protocols, usualPort }: Kind) {
  const [, start = '', authority = '', rest = ''] = /^(\w+:\/\/)([^/?#]*)(.*)$/s.exec(text) ?? []
  const login = authority.slice(0, authority.lastIndexOf('@') + 1)
  const names = authority.slice(login.length).split(',')
  return names.map((name) => {
    const where = URL.parse(`${start}${name}`)
    const url = URL.parse(`${start}${login}${name}${rest}`)
    if (
      !where?.hostname ||
      where.pathname.length > 1 ||
      !url ||
      !protocols.includes(url.protocol)
    ) {
      throw new Error(`must be a URL that starts with ${protocols[0]}// and names a host`)
    }
    const host = decodeURIComponent(url.hostname).replace(/^\[(.*)\]$/, '$1')
    return { host, port: Number(url.port) || usualPort, url }
  })
}
