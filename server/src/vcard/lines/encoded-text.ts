import { decodeCharset } from './decode-vcard.ts'
import { isBase64, valueOf, type Line } from './lines.ts'
import { paramValue, readParams } from './params.ts'

/** Properties whose value may be binary. */
export const binaryProperties: ReadonlySet<string> = new Set(['PHOTO', 'LOGO', 'SOUND', 'KEY'])

/**
 * The line with its decoded text, if that is encoded in base64, as vCard 2.1 allows for any value; else
 * the line itself. What is no text stays as it is.
 */
export function withDecodedText(line: Line): Line {
  if (line.name === '' || binaryProperties.has(line.name) || !isBase64(line.params)) return line
  const base64 = valueOf(line).replaceAll(/\s+/g, '')
  if (base64.length % 4 === 1 || !/^[A-Za-z0-9+/]+={0,2}$/.test(base64)) return line
  const octets = Buffer.from(base64, 'base64')
  const text = decodeCharset(octets, paramValue(readParams(line.params), 'CHARSET'))
  const isText = !/(?![\t\r\n])\p{Cc}|\ufffd/u.test(text)
  return isText ? { ...line, decoded: text.replaceAll(/\r\n?/g, '\n') } : line
}
