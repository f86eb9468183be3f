import { DavError } from '../dav-error.ts'

/** The versions in which cards are served. */
export type ServedVersion = '3.0' | '4.0'

type Range = { type: string; params: Map<string, string> }

/** The types of a vCard: its own, and older ones (RFC 6350, 10.1; RFC 2426, 7). */
export function isVcardType(type: string): boolean {
  return ['text/vcard', 'text/x-vcard', 'text/directory'].includes(type)
}

/**
 * The version in which a card is wanted (RFC 6352, 5.1.1): 3.0, which all programs read, unless 4.0 is named.
 * @throws {DavError} 406
 */
export function versionFor(accept: string | undefined): ServedVersion {
  if (accept === undefined || accept.trim() === '') return '3.0'
  const ranges = accept.split(',').map(readRange)
  const acceptable = ranges
    .filter(({ type }) => isVcardType(type) || type === 'text/*' || type === '*/*')
    .filter(({ params }) => [undefined, '3.0', '4.0'].includes(params.get('version')))
    .filter(({ params }) => qualityOf(params) > 0)
    .sort((a, b) => qualityOf(b.params) - qualityOf(a.params))
  const [best] = acceptable
  if (!best) throw new DavError(406, 'Cards are served as text/vcard, in version 3.0 or 4.0.')
  return best.params.get('version') === '4.0' ? '4.0' : '3.0'
}

function qualityOf(params: Map<string, string>): number {
  return Number(params.get('q') ?? 1)
}

/** A media range with its parameters, in lower case. */
export function readRange(text: string): Range {
  const [type = '', ...params] = text.split(';').map((part) => part.trim().toLowerCase())
  return {
    type,
    params: new Map(
      params.map((param): [string, string] => {
        const [name = '', value = ''] = param.split('=', 2).map((part) => part.trim())
        return [name, value.replaceAll('"', '')]
      }),
    ),
  }
}
