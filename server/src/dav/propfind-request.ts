import { DavError } from './dav-error.ts'
import type { View } from './properties/property.ts'
import { allpropOf, findProperty, namesOf } from './properties/table.ts'
import type { Resource } from './resource.ts'
import { childNamed, childrenNamed, childrenOf, isNamed, type XmlElement } from './xml/element.ts'
import type { Name } from './xml/names.ts'

/** Which properties a client asks of each resource. */
export type Wanted =
  | { kind: 'named'; names: readonly Name[] }
  /** All that are given unasked, and some more (RFC 4918, 9.1). */
  | { kind: 'all'; names: readonly Name[] }
  /** Their names alone. */
  | { kind: 'names' }

const all: Wanted = { kind: 'all', names: [] }

/** Reads the body of a PROPFIND; none at all asks for all. @throws {DavError} 400 */
export function readPropfind(root: XmlElement | undefined): Wanted {
  if (root === undefined) return all
  if (!isNamed(root, 'D:propfind')) throw new DavError(400, 'The body is no DAV:propfind.')
  const wanted = readWanted(root)
  if (!wanted) {
    throw new DavError(400, 'DAV:propfind needs one of DAV:prop, DAV:allprop and DAV:propname.')
  }
  return wanted
}

/** The properties that are asked for in a report; undefined where none of the three ways is there. */
export function readWanted(element: XmlElement): Wanted | undefined {
  const [prop, ...others] = childrenNamed(element, 'D:prop')
  if (others.length > 0) throw new DavError(400, 'There is more than one DAV:prop.')
  const allprop = childNamed(element, 'D:allprop')
  const propname = childNamed(element, 'D:propname')
  if ([prop, allprop, propname].filter(Boolean).length > 1) {
    throw new DavError(400, 'Properties are asked for in more than one way.')
  }
  if (prop) return { kind: 'named', names: namesIn(prop) }
  if (propname) return { kind: 'names' }
  const include = childNamed(element, 'D:include')
  return allprop && { kind: 'all', names: include ? namesIn(include) : [] }
}

// Far above what any client asks; each is answered for each card of a listing.
const maxNames = 200

function namesIn(element: XmlElement): Name[] {
  const names = [...new Set(childrenOf(element).map(({ name }) => name))]
  if (names.length > maxNames) {
    throw new DavError(400, `More than ${maxNames} properties are asked for.`)
  }
  return names
}

/** The names of the properties that are wanted of this resource. */
export function wantedNames(wanted: Wanted, resource: Resource, view: View): readonly Name[] {
  if (wanted.kind === 'named') return wanted.names
  if (wanted.kind === 'names') return namesOf(resource, view)
  return [...new Set([...allpropOf(resource, view), ...wanted.names])]
}

/**
 * Whether any of these properties may be one that a client has written.
 * @param special names of what is no property there
 */
export function mayBeStored(wanted: Wanted, special: readonly Name[] = []): boolean {
  if (wanted.kind !== 'named') return true
  return wanted.names.some((name) => !special.includes(name) && isStorable(name))
}

function isStorable(name: Name): boolean {
  const known = findProperty(name)
  return known === undefined || known.isWritable === true
}
