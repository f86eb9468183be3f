import { failed } from '../dav-error.ts'

/** The versions in which cards are served; the first one, which all programs read, to who names none. */
const servedVersions = ['3.0', '4.0'] as const
export type ServedVersion = (typeof servedVersions)[number]

type Range = { type: string; params: Map<string, string> }

/** The types of a vCard: its own, and older ones (RFC 6350, 10.1; RFC 2426, 7). */
export function isVcardType(type: string): boolean {
  return ['text/vcard', 'text/x-vcard', 'text/directory'].includes(type)
}

/**
 * The version in which a card is wanted (RFC 6352, 5.1.1). Of the ranges for a version, the most specific one decides
 * (RFC 9110, 12.5.1); of versions that are wanted alike, the one that is named first.
 * @throws {DavError} 406 `supported-address-data-conversion`
 */
export function versionFor(accept: string | undefined): ServedVersion {
  if (accept === undefined || accept.trim() === '') return '3.0'
  const ranges = accept.split(',').map(readRange)
  const [best] = servedVersions
    .map((version) => ({ version, ...wishFor(version, ranges) }))
    .filter(({ quality }) => quality > 0)
    .sort((one, other) => other.quality - one.quality || one.at - other.at)
  if (best) return best.version
  const detail = 'Cards are served as text/vcard, in version 3.0 or 4.0.'
  throw failed(406, 'C:supported-address-data-conversion', detail)
}

/** How much a version is wanted, and where among the ranges that is said. */
function wishFor(version: ServedVersion, ranges: readonly Range[]) {
  const [deciding] = ranges
    .map((range, at) => ({
      specificity: specificityFor(version, range),
      quality: qualityOf(range),
      at,
    }))
    .filter(({ specificity }) => specificity > 0)
    .sort((one, other) => other.specificity - one.specificity || other.quality - one.quality)
  return deciding ?? { quality: 0, at: 0 }
}

/** 0 for a range that a card of this version is not in. */
function specificityFor(version: ServedVersion, { type, params }: Range): number {
  const named = params.get('version')
  if (named !== undefined && named !== version) return 0
  if (isVcardType(type)) return named === undefined ? 3 : 4
  if (type === 'text/*') return 2
  return type === '*/*' ? 1 : 0
}

function qualityOf({ params }: Range): number {
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
