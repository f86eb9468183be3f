// Every address of the tree. Principal, home and books are three places: clients have mixed them up
// where two of them were one.

/** What an address names; whether it is there, only the database knows. */
export type Place =
  | { kind: 'principals' | 'principal' | 'homes' | 'home' }
  /** Also answered where clients look first, under the path that they asked for. */
  | { kind: 'root'; at: string }
  | { kind: 'book'; slug: string }
  | { kind: 'card'; slug: string; name: string }
  /** Below a card, where nothing can be, or where a card would be a collection. */
  | { kind: 'nowhere' }

export const rootPath = '/dav/'
export const firstBookSlug = 'contacts'

const homesPath = `${rootPath}addressbooks/`
const principalsPath = `${rootPath}principals/`

export function principalPath(userId: string): string {
  return `${principalsPath}${userId}/`
}

export function homePath(userId: string): string {
  return `${homesPath}${userId}/`
}

/** The address of a place in the tree of a user. */
export function pathOf(place: Place, userId: string): string {
  if (place.kind === 'principals') return principalsPath
  if (place.kind === 'principal') return principalPath(userId)
  if (place.kind === 'homes') return homesPath
  if (place.kind === 'home') return homePath(userId)
  if (place.kind === 'book') return bookPath(userId, place.slug)
  if (place.kind === 'card') return bookPath(userId, place.slug) + encodeName(place.name)
  return place.kind === 'root' ? place.at : rootPath
}

/** The name below a book to which new cards are posted (RFC 5995, 3). */
const memberName = ';add-member'

/** Where cards are posted that are to get a name (RFC 5995). */
export function memberPath(userId: string, slug: string): string {
  return bookPath(userId, slug) + memberName
}

export function isMemberPath(place: Place): boolean {
  return place.kind === 'card' && place.name === memberName
}

export function bookPath(userId: string, slug: string): string {
  return `${homePath(userId)}${encodeName(slug)}/`
}

/**
 * What the path of a URL names for this user: undefined for what is nobody's or somebody else's, alike,
 * and for a path that could be read in two ways.
 */
export function readPath(path: string, userId: string): Place | undefined {
  const parts = segmentsOf(path)
  if (parts === undefined || parts[0] !== 'dav') return undefined
  const [, area, owner, slug, name, ...others] = parts
  if (area === undefined) return { kind: 'root', at: rootPath }
  if (owner !== undefined && owner.toLowerCase() !== userId) return undefined
  if (area === 'principals' && slug === undefined) {
    return { kind: owner === undefined ? 'principals' : 'principal' }
  }
  if (area !== 'addressbooks') return undefined
  if (owner === undefined) return { kind: 'homes' }
  if (slug === undefined) return { kind: 'home' }
  if (name === undefined) return { kind: 'book', slug }
  const isCard = others.length === 0 && !withoutQuery(path).endsWith('/')
  return isCard ? { kind: 'card', slug, name } : { kind: 'nowhere' }
}

/** The parts of a path, decoded, whether or not a slash stands at its end. */
function segmentsOf(path: string): string[] | undefined {
  if (hasFragment(path)) return undefined
  const bare = withoutQuery(path).replace(/\/$/, '')
  if (!bare.startsWith('/')) return undefined
  const parts = bare.slice(1).split('/').map(decodeSegment)
  return parts.every((part) => part !== undefined) ? parts : undefined
}

function withoutQuery(path: string): string {
  return path.replace(/\?.*$/s, '')
}

/** A fragment is for who reads an answer: no address that is sent has one (RFC 9112, 3.2; RFC 4918, 8.3). */
export function hasFragment(address: string): boolean {
  return address.includes('#')
}

function decodeSegment(segment: string): string | undefined {
  const part = unescaped(segment)
  const isAmbiguous = part === '' || part === '.' || part === '..' || /[/\0]/.test(part ?? '')
  return isAmbiguous ? undefined : part
}

/** Whether the escapes of an address are those of UTF-8. */
export function isEscapedUtf8(address: string): boolean {
  return unescaped(address) !== undefined
}

function unescaped(text: string): string | undefined {
  try {
    return decodeURIComponent(text)
  } catch {
    return undefined
  }
}

/** In the fewest escapes that a path needs (RFC 3986, 3.3). */
function encodeName(name: string): string {
  if (/^[\w.~-]+$/.test(name)) return name
  return encodeURIComponent(name).replaceAll(/%(?:40|3A|24|26|2B|2C|3B|3D)/g, decodeURIComponent)
}

/** The path of a request, which may come as a whole URL (RFC 9112, 3.2.2). */
export function pathInTarget(target: string): string {
  return target.replace(/^[a-z][\w+.-]*:\/\/[^/?#]*/i, '')
}

/**
 * The path in a `href` or `Destination`, which may be a whole URL.
 * @param hosts under which people reach us
 * @returns undefined for another host, and where there is a fragment
 */
export function pathInHref(
  href: string,
  hosts: readonly (string | undefined)[],
): string | undefined {
  const text = href.trim()
  if (hasFragment(text)) return undefined
  if (text.startsWith('/') && !text.startsWith('//')) return text
  const url = URL.parse(text)
  if (!url || !hosts.some((host) => isSameHost(url, host))) return undefined
  // Not the path that URL has made of it, without dots.
  return /^[a-z][\w+.-]*:\/\/[^/?]*(\/[^?]*)?/i.exec(text)?.[1] ?? '/'
}

/** The port that a scheme has by itself may be named or not (RFC 9110, 4.2.3). */
function isSameHost({ protocol, host }: URL, ours: string | undefined): boolean {
  return ours === host || (ours !== undefined && URL.parse(`${protocol}//${ours}`)?.host === host)
}
