import { binaryProperties } from './lines/encoded-text.ts'
import { standardProperties } from './lines/property-names.ts'

// Others make a card nested, encoded, or different in another version.
const framing = new Set(['BEGIN', 'END', 'VERSION', 'AGENT'])
const names = [...standardProperties].filter(
  (name) => !framing.has(name) && !binaryProperties.has(name),
)
const name = String.raw`(?:[\w-]+\.)?(?:${names.join('|')}|X-[\w-]+)`
const params = String.raw`(?:;[\w-]+=(?:"[^"\r\n]*"|[^";:\r\n]*)){0,20}`
const lineEnd = String.raw`\r?\n`
const fold = String.raw`[ \t]+[^ \t\r\n][^\r\n]*${lineEnd}`
const line = `${name}${params}:[^\\r\\n]*${lineEnd}(?:${fold})*`
const plain = new RegExp(
  `^BEGIN:VCARD${lineEnd}VERSION:(3\\.0|4\\.0)${lineEnd}(?:${line})*END:VCARD${lineEnd}$`,
  'i',
)
const encoded = /QUOTED|ENCODING|[;=]BASE64[;,:]|;B[;,:]/i

/**
 * The version of a card that is well-formed at first sight: from BEGIN to END nothing but known properties
 * in plain text. null where it takes a closer look.
 */
export function plainVersion(text: string): '3.0' | '4.0' | null {
  const version = plain.exec(text)?.[1]
  if (version === undefined || encoded.test(text)) return null
  return version === '4.0' ? '4.0' : '3.0'
}

const lineOf = (name: string) => new RegExp(`\\n${name}:([^\\r\\n\\\\]*)\\r?\\n(?![ \\t])`, 'i')
const categoriesLine = lineOf('CATEGORIES')

/** The categories of a plain card that has them in one line without escapes; null where it has not. */
export function plainCategories(text: string): string[] | null {
  return plainVersion(text) === null ? null : (categoriesLine.exec(text)?.[1]?.split(',') ?? null)
}

const nameLine = lineOf('N')
const fullNameLine = lineOf('FN')
const onceOnly = /\n(?:[\w-]+\.)?(ORG|TITLE|N|FN)[;:]/gi

/**
 * The components of the name of a plain card and its full name, where both stand there without escapes,
 * and there is one of each, and of ORG and TITLE at most; null where it takes a closer look.
 */
export function plainNames(text: string): { components: string[]; fullName: string } | null {
  const components = nameLine.exec(text)?.[1]?.split(';')
  const fullName = fullNameLine.exec(text)?.[1]
  if (!components || fullName === undefined) return null
  const found = Array.from(text.matchAll(onceOnly), ([, name]) => name?.toUpperCase())
  const isRepeated = new Set(found).size < found.length
  return isRepeated || plainVersion(text) === null ? null : { components, fullName }
}
