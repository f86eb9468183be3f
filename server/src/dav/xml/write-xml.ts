import type { XmlElement } from './element.ts'
import {
  nameOf,
  partsOf,
  prefixes,
  tagOf,
  xmlNamespace,
  type Name,
  type ShortName,
} from './names.ts'

declare const isXml: unique symbol
/** Well-formed XML, which nothing but this file makes: a text can't get into an answer unescaped. */
export type Xml = string & { readonly [isXml]: true }

/** The attribute `xml:lang`. */
export const langName: Name = `{${xmlNamespace}}lang`
const declarations = Object.entries(prefixes)
  .map(([prefix, namespace]) => ` xmlns:${prefix}="${namespace}"`)
  .join('')

export const nothing = '' as Xml

/** A whole document, whose root declares our prefixes. */
export function document(root: ShortName, ...content: Xml[]): string {
  return `<?xml version="1.0" encoding="utf-8"?>\n<${root}${declarations}>${content.join('')}</${root}>\n`
}

/** An element of a name of ours. */
export function element(tag: ShortName, ...content: Xml[]): Xml {
  // Not by `join`, which would copy what is in every element once for each that it is in.
  let inner = ''
  for (const part of content) inner += part
  return (inner === '' ? `<${tag}/>` : `<${tag}>${inner}</${tag}>`) as Xml
}

/** An element of any name, as clients ask for properties. */
export function namedElement(name: Name, content: Xml = nothing, lang?: string): Xml {
  const { tag, start: bare } = tags.get(name) ?? tagsOf(name)
  const start = lang === undefined ? bare : `${bare} xml:lang="${quoted(lang)}"`
  return (content === '' ? `<${start}/>` : `<${start}>${content}</${tag}>`) as Xml
}

type Tags = { tag: string; start: string }

// Those of our own names, which stand in every part of an answer.
const tags = new Map<Name, Tags>()

function tagsOf(name: Name): Tags {
  const { tag, namespace } = tagOf(name)
  if (namespace !== undefined) return { tag, start: tag + declarationOf(tag, namespace) }
  const made = { tag, start: tag }
  // Clients choose names, even in our namespaces.
  if (tags.size < maxTags) tags.set(name, made)
  return made
}

const maxTags = 200

/** An element with attributes. */
export function elementWith(tag: ShortName, attributes: Record<string, string>): Xml {
  const written = Object.entries(attributes).map(([name, value]) => ` ${name}="${quoted(value)}"`)
  return `<${tag}${written.join('')}/>` as Xml
}

/** A sentence for people (RFC 3744, 5.3 and 9.5), with its language. */
export function description(what: string): Xml {
  return namedElement(nameOf('D:description'), text(what), 'en')
}

/** Two pieces as one. */
export function beside(one: Xml, other: Xml): Xml {
  return (one + other) as Xml
}

/** Several elements as one. */
export function joined(parts: readonly Xml[]): Xml {
  return parts.join('') as Xml
}

/** A text, escaped. */
export function text(value: string): Xml {
  if (!mayBeSpecial.test(value)) return value as Xml
  // Most of what has something to escape is a card, with nothing but the ends of its lines.
  if (!mayBeSpecialInCard.test(value)) return value.replaceAll('\r', carriageReturn) as Xml
  return escaped(value) as Xml
}

/** An element that was read, with all that is in it, under the same names. */
export function copyOf({ name, attributes, nodes }: XmlElement): Xml {
  const { tag, namespace } = tagOf(name)
  const declared = namespace === undefined ? '' : declarationOf(tag, namespace)
  const written = Array.from(attributes, ([attribute, value], at) =>
    writtenAttribute(attribute, value, at),
  ).join('')
  const inner = contentOf({ nodes })
  const start = `<${tag}${declared}${written}`
  return (inner === '' ? `${start}/>` : `${start}>${inner}</${tag}>`) as Xml
}

/** All that is in an element that was read. */
export function contentOf({ nodes }: Pick<XmlElement, 'nodes'>): Xml {
  return joined(nodes.map((node) => (typeof node === 'string' ? text(node) : copyOf(node))))
}

/** XML that {@link copyOf} or {@link contentOf} made, as it was kept. */
export function asKept(xml: string): Xml {
  return xml as Xml
}

function writtenAttribute(name: Name, value: string, at: number): string {
  const { namespace, local } = partsOf(name)
  if (namespace === '') return ` ${local}="${quoted(value)}"`
  if (namespace === xmlNamespace) return ` xml:${local}="${quoted(value)}"`
  return ` xmlns:a${at}="${quoted(namespace)}" a${at}:${local}="${quoted(value)}"`
}

function declarationOf(tag: string, namespace: string): string {
  const prefix = tag.includes(':') ? ':x' : ''
  return ` xmlns${prefix}="${quoted(namespace)}"`
}

const special = /[&<>"\r\p{Cc}\ufffe\uffff]|\p{Cs}/gu
// What is neither special in a text nor a half of a character. Without the flag, whose cost is more than
// that of all the rest: most texts have nothing to escape.
const mayBeSpecial = /[^\t\n -%'-;=?-~\u00a0-\ud7ff\ue000-\ufffd]/
// Quotes, which need no escape in a text, get one where `escaped` runs.
const mayBeSpecialInCard = /[^\t\n\r !#-%'-;=?-~\u00a0-\ud7ff\ue000-\ufffd]/
// Bare, a reader of XML would drop it from the end of a line (XML 1.0, 2.11).
const carriageReturn = '&#13;'
const escapes: Record<string, string> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  '\r': carriageReturn,
  '\n': '\n',
  '\t': '\t',
}

/** The value of an attribute, in which a reader of XML would make a space of each of these (XML 1.0, 3.3.3). */
function quoted(value: string): string {
  return escaped(value).replaceAll('\t', '&#9;').replaceAll('\n', '&#10;')
}

/** Without the characters that XML cannot hold (XML 1.0, 2.2). */
function escaped(value: string): string {
  return value.replaceAll(special, (character) => escapes[character] ?? kept(character))
}

/** Of control characters, XML has those from 0x7f on. */
function kept(character: string): string {
  const code = character.charCodeAt(0)
  return code >= 0x7f && code <= 0x9f ? `&#${code};` : ''
}
