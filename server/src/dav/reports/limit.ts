import { DavError } from '../dav-error.ts'
import { childNamed, textOf, type XmlElement } from '../xml/element.ts'

const namespaces = { C: 'CARDDAV', D: 'DAV' }

/**
 * How many results a report asks for at most; Infinity where it does not say.
 * @param prefix of the namespace that the report is in: RFC 6352, 10.6, or RFC 5323, 5.17
 */
export function limitIn(prefix: keyof typeof namespaces, root: XmlElement): number {
  const limit = childNamed(root, `${prefix}:limit`)
  const results = limit && childNamed(limit, `${prefix}:nresults`)
  if (!results) return Infinity
  const count = textOf(results).trim()
  if (!/^[1-9]\d{0,8}$/.test(count)) {
    throw new DavError(400, `${namespaces[prefix]}:nresults is no number.`)
  }
  return Number(count)
}
