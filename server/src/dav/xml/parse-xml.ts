import { SaxesParser, type SaxesTagNS } from 'saxes'
import { decodeXml } from './decode-xml.ts'
import type { XmlElement } from './element.ts'
import type { Name } from './names.ts'
import { XmlError } from './xml-error.ts'

// Far above what any client sends; a report may name 5,000 cards. What the parser does at each depth
// grows with the depth.
const maxDepth = 32
const maxElements = 20_000
// Some clients declare the namespace anew at each of these cards.
const maxAttributes = 10_000

/** An element that is still open. */
type Open = XmlElement & { nodes: (XmlElement | string)[] }

/**
 * Reads an XML document with namespaces. No entity is expanded but the five of XML itself, and no
 * document type is read (RFC 4918, 20.6).
 * @throws {XmlError}
 */
export function parseXml(bytes: Uint8Array): XmlElement {
  const text = decodeXml(bytes)
  const open: Open[] = []
  let root: XmlElement | undefined
  let count = 0
  let attributes = 0
  const parser = new SaxesParser({ xmlns: true, position: false })
  parser.on('error', ({ message }) => {
    throw new XmlError(`The body is not well-formed XML: ${message}`)
  })
  parser.on('doctype', () => {
    throw new XmlError('The body has a document type, which is not read.')
  })
  parser.on('opentagstart', () => {
    if (open.length >= maxDepth)
      throw new XmlError(`The body is nested more than ${maxDepth} deep.`)
    if (++count > maxElements) throw new XmlError(`The body has more than ${maxElements} elements.`)
  })
  parser.on('attribute', () => {
    if (++attributes > maxAttributes)
      throw new XmlError(`The body has more than ${maxAttributes} attributes.`)
  })
  parser.on('opentag', (tag) => {
    const element: Open = { name: nameOfTag(tag), attributes: attributesOf(tag), nodes: [] }
    open.at(-1)?.nodes.push(element)
    open.push(element)
    root ??= element
  })
  parser.on('closetag', () => void open.pop())
  const addText = (part: string) => void open.at(-1)?.nodes.push(part)
  parser.on('text', addText)
  parser.on('cdata', addText)
  parser.write(text).close()
  if (!root) throw new XmlError('The body has no element.')
  return root
}

function nameOfTag({ uri, local }: SaxesTagNS): Name {
  return `{${uri}}${local}`
}

function attributesOf({ attributes }: SaxesTagNS): Map<Name, string> {
  return new Map(
    Object.values(attributes)
      .filter(({ uri }) => uri !== 'http://www.w3.org/2000/xmlns/')
      .map(({ uri, local, value }): [Name, string] => [`{${uri}}${local}`, value]),
  )
}
