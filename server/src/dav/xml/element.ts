import { nameOf, type Name, type ShortName } from './names.ts'

/** An element as it was read, with all that is in it. */
export type XmlElement = {
  name: Name
  /** By their names; those without a prefix have no namespace, as `{}name`. */
  attributes: ReadonlyMap<Name, string>
  nodes: readonly (XmlElement | string)[]
}

/** The elements that stand directly in one, in their order. */
export function childrenOf(element: XmlElement): XmlElement[] {
  return element.nodes.filter((node) => typeof node !== 'string')
}

/** Those of them with this name. */
export function childrenNamed(element: XmlElement, short: ShortName): XmlElement[] {
  const name = nameOf(short)
  return childrenOf(element).filter((child) => child.name === name)
}

/** The first of them. */
export function childNamed(element: XmlElement, short: ShortName): XmlElement | undefined {
  return childrenNamed(element, short)[0]
}

/** The text that stands directly in an element. */
export function textOf(element: XmlElement): string {
  return element.nodes.filter((node) => typeof node === 'string').join('')
}

/** An attribute without a namespace. */
export function attributeOf(element: XmlElement, name: string): string | undefined {
  return element.attributes.get(`{}${name}`)
}

export function isNamed(element: XmlElement, short: ShortName): boolean {
  return element.name === nameOf(short)
}
