import type { Resource } from '../resource.ts'
import { nameOf, type Name } from '../xml/names.ts'
import type { Xml } from '../xml/write-xml.ts'
import { accessControlProperties } from './access-control.ts'
import { addressBookProperties } from './address-book.ts'
import type { Property, View } from './property.ts'
import { webdavProperties } from './webdav.ts'

/** Every property that the server knows. */
export const properties: readonly Property[] = [
  ...webdavProperties,
  ...accessControlProperties,
  ...addressBookProperties,
]

const byName = new Map<Name, Property>(properties.map((one) => [nameOf(one.name), one]))

export function findProperty(name: Name): Property | undefined {
  return byName.get(name)
}

/** What a property of a resource holds; undefined where it has none of this name. */
export function valueOf(resource: Resource, name: Name, view: View): Xml | undefined {
  const known = byName.get(name)
  if (!known) return view.stored.get(name)?.value
  return known.of.includes(resource.kind) ? known.value(resource, view) : undefined
}

/** The names of all properties of a resource. */
export function namesOf(resource: Resource, view: View): Name[] {
  const known = properties
    .filter((one) => one.of.includes(resource.kind) && one.value(resource, view) !== undefined)
    .map(({ name }) => nameOf(name))
  return [...new Set([...known, ...view.stored.keys()])]
}

/** Those that are given to who asks for all (RFC 4918, 9.1 and 14.2). */
export function allpropOf(resource: Resource, view: View): Name[] {
  const isGivenUnasked = (name: Name) => {
    const known = byName.get(name)
    return known === undefined || known.isInAllprop === true
  }
  return namesOf(resource, view).filter(isGivenUnasked)
}
