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

export function mediaTypeOfTypes(types: readonly string[]): string | undefined {
  const names = new Set(types.map((type) => type.toUpperCase()))
  return mediaTypes.find(([type]) => names.has(type))?.[1]
}

/** A line with these parameters and this value; the line itself if they are the same. */
export function rewritten(edit: CardEdit, line: Line, params: Param[], value: string): Line[] {
  const isSame = joinParams(params) === line.params && value === valueOf(line)
  return [isSame ? line : changedLine(edit, line, { params, value })]
}
