import { utf16Of } from '../../utf-16.ts'
import { XmlError } from './xml-error.ts'

const utf8 = new TextDecoder('utf-8', { fatal: true })

/**
 * The text of an XML document in UTF-8 or UTF-16, which is what every reader of XML must know (XML 1.0,
 * 4.3.3): the octets decide, whatever a header or the declaration names.
 * @throws {XmlError} for octets in any other encoding
 */
export function decodeXml(bytes: Uint8Array): string {
  const utf16 = utf16Of(bytes)
  const decoder = utf16 ? new TextDecoder(utf16.charset, { fatal: true }) : utf8
  try {
    return decoder.decode(bytes)
  } catch {
    throw new XmlError('The body is neither UTF-8 nor UTF-16.')
  }
}
