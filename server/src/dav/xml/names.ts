/** The name of an element or attribute with its namespace, as `{DAV:}prop`. */
export type Name = `{${string}}${string}`

/** The prefixes that every answer declares. */
export const prefixes = {
  D: 'DAV:',
  C: 'urn:ietf:params:xml:ns:carddav',
  CS: 'http://calendarserver.org/ns/',
} as const

type Prefix = keyof typeof prefixes
/** A name by one of our prefixes, as `D:prop`. */
export type ShortName = `${Prefix}:${string}`

/** That of `xml:lang`, whose prefix is never declared (Namespaces in XML, 3). */
export const xmlNamespace = 'http://www.w3.org/XML/1998/namespace'

const prefixOf = new Map<string, string>([
  ...Object.entries(prefixes).map(([prefix, namespace]) => [namespace, prefix] as const),
  [xmlNamespace, 'xml'],
])

/** The whole of a short name. */
export function nameOf(short: ShortName): Name {
  const colon = short.indexOf(':')
  return `{${prefixes[short.slice(0, colon) as Prefix]}}${short.slice(colon + 1)}`
}

/** The namespace and the local part. */
export function partsOf(name: Name): { namespace: string; local: string } {
  const end = name.lastIndexOf('}')
  return { namespace: name.slice(1, end), local: name.slice(end + 1) }
}

/** A tag for this name, and what it has to declare where its namespace has no known prefix. */
export function tagOf(name: Name): { tag: string; namespace?: string } {
  const { namespace, local } = partsOf(name)
  const prefix = prefixOf.get(namespace)
  if (prefix !== undefined) return { tag: `${prefix}:${local}` }
  return namespace === '' ? { tag: local, namespace } : { tag: `x:${local}`, namespace }
}
