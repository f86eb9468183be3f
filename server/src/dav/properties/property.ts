import type { DavAccount } from '../account.ts'
import type { Kind, Resource } from '../resource.ts'
import type { StoredValue } from '../store.ts'
import type { Name, ShortName } from '../xml/names.ts'
import type { Xml } from '../xml/write-xml.ts'

/** Who looks at a resource, and what else its properties depend on. */
export type View = {
  account: DavAccount
  maxCardSize: number
  /** What clients have written of the resource. */
  stored: ReadonlyMap<Name, StoredValue>
}

/** A property that the server knows. */
export type Property = {
  name: ShortName
  /** Where it is defined. */
  rfc: string
  /** Which resources have it. */
  of: readonly Kind[]
  /** RFC 4918, 9.1: of the others, a client has to ask by name. */
  isInAllprop?: true
  /** A client may write it. */
  isWritable?: true
  /** What stands in it; undefined where this resource has it not. */
  value: (resource: Resource, view: View) => Xml | undefined
}

export const everywhere: readonly Kind[] = [
  'root',
  'principals',
  'principal',
  'homes',
  'home',
  'book',
  'card',
]
