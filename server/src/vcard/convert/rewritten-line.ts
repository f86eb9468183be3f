import { valueOf, type Line } from '../lines/lines.ts'
import { joinParams, type Param } from '../lines/params.ts'
import { changedLine, type CardEdit } from '../patch/card-edit.ts'

/** Values of TYPE in 3.0 that are not the last part of the media type (RFC 2426, 3.6.6 and 3.7.2). */
const mediaTypes: [type: string, mediaType: string][] = [
  ['PGP', 'application/pgp-keys'],
  ['X509', 'application/pkix-cert'],
  ['BASIC', 'audio/basic'],
]

export function typeOfMediaType(mediaType: string): string {
  const known = mediaTypes.find(([, media]) => media === mediaType)?.[0]
  return known ?? mediaType.replace(/^[^/]*\//, '').toUpperCase()
}

/** The first parts of the media types of binary properties, which 3.0 leaves out. */
const families = new Map([
  ['PHOTO', 'image'],
  ['LOGO', 'image'],
  ['SOUND', 'audio'],
  ['KEY', 'application'],
])

/**
 * The media type of a binary property of 3.0.
 * @param types the values of its TYPE
 * @param detected what its octets look like
 */
export function mediaTypeOf(name: string, types: readonly string[], detected: string): string {
  const names = new Set(types.map((type) => type.toUpperCase()))
  const known = mediaTypes.find(([type]) => names.has(type))?.[1]
  if (known !== undefined || detected !== 'application/octet-stream') return known ?? detected
  const family = families.get(name)
  const stated = [...names].find(
    (type) => /^[A-Z\d][A-Z\d.+-]*$/.test(type) && !/^(?:HOME|WORK|PREF|X-IRMC-N)$/.test(type),
  )
  return family && stated ? `${family}/${stated.toLowerCase()}` : detected
}

/** A line with these parameters and this value; the line itself if they are the same. */
export function rewritten(edit: CardEdit, line: Line, params: Param[], value: string): Line[] {
  const isSame = joinParams(params) === line.params && value === valueOf(line)
  return [isSame ? line : changedLine(edit, line, { params, value })]
}
