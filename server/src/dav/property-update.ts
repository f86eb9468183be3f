import { DavError } from './dav-error.ts'
import { findProperty } from './properties/table.ts'
import type { PropertyChange } from './store.ts'
import { childNamed, childrenOf, isNamed, type XmlElement } from './xml/element.ts'
import type { Name } from './xml/names.ts'
import { contentOf, langName } from './xml/write-xml.ts'

// In octets of XML: a property is a name or a colour, not a file.
const maxValueLength = 64 * 1024

/** Reads a `DAV:propertyupdate`, in the order of its instructions, which may name nothing. @throws {DavError} 400 */
export function readPropertyUpdate(root: XmlElement): PropertyChange[] {
  if (!isNamed(root, 'D:propertyupdate')) {
    throw new DavError(400, 'The body is no DAV:propertyupdate.')
  }
  if (!childrenOf(root).some(isInstruction)) {
    throw new DavError(400, 'DAV:propertyupdate has no instruction.')
  }
  return readInstructions(root)
}

function isInstruction(element: XmlElement): boolean {
  return isNamed(element, 'D:set') || isNamed(element, 'D:remove')
}

/** The language that is in scope in an element (XML 1.0, 2.12). */
function langOf(element: XmlElement, outer: string | null): string | null {
  return element.attributes.get(langName) ?? outer
}

/** The properties below `DAV:set` and `DAV:remove`; each once, as it is to be in the end. */
export function readInstructions(root: XmlElement): PropertyChange[] {
  const changes = new Map<Name, PropertyChange>()
  const rootLang = langOf(root, null)
  for (const instruction of childrenOf(root).filter(isInstruction)) {
    const isSet = isNamed(instruction, 'D:set')
    const prop = childNamed(instruction, 'D:prop')
    if (!prop) throw new DavError(400, 'An instruction has no DAV:prop.')
    const lang = langOf(prop, langOf(instruction, rootLang))
    for (const property of childrenOf(prop)) {
      const { name } = property
      const value = isSet ? contentOf(property) : null
      changes.set(name, { name, value, lang: langOf(property, lang) })
    }
  }
  return [...changes.values()]
}

/** Why a property is not to be written. */
export type Refusal = 'protected' | 'too_large'

export function refusalOf({ name, value }: PropertyChange): Refusal | undefined {
  const known = findProperty(name)
  if (known && !known.isWritable) return 'protected'
  return value !== null && value.length > maxValueLength ? 'too_large' : undefined
}
