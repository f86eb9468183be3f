import { sourceOf } from './fields/collect.ts'
import { typesOf } from './fields/label-forms.ts'
import { without } from './fields/list-codec.ts'
import { parseCard, type Card } from './lines/card.ts'
import { binaryProperties } from './lines/encoded-text.ts'
import { makeLine, spelling, valueOf, type Line } from './lines/lines.ts'
import { joinParams, makeParam, paramValue } from './lines/params.ts'
import { readText, writeUri } from './lines/text-value.ts'
import { newLine, type CardEdit } from './patch/card-edit.ts'

export type Photo =
  | { kind: 'bytes'; mediaType: string; bytes: Uint8Array }
  | { kind: 'uri'; uri: string }

/**
 * The first embedded photo of a card, or the first linked one if none is embedded (RFC 6350, 6.2.4;
 * RFC 2426, 3.1.4).
 * @throws {VcardError}
 */
export function readPhoto(text: string): Photo | null {
  return photoOf(parseCard(text))
}

export function photoOf(card: Card): Photo | null {
  const photos = photoLines(card).flatMap(({ photo }) => photo ?? [])
  return photos.find(({ kind }) => kind === 'bytes') ?? photos[0] ?? null
}

/** The lines of photos; `photo` is null if the line is empty or damaged. */
export function photoLines(card: Card): { line: Line; photo: Photo | null }[] {
  const lines = card.lines.filter(({ name }) => name === 'PHOTO')
  return lines.map((line) => ({ line, photo: readBinaryLine(card, line) }))
}

/** Reads the octets of PHOTO, LOGO, SOUND or KEY, or the link to them. */
export function readBinaryLine(card: Card, line: Line): Photo | null {
  const { params } = sourceOf(card, line)
  const isBase64 = /^b(?:ase64)?$/i.test(paramValue(params, 'ENCODING') ?? '')
  const value = valueOf(line)
  const statedType = paramValue(params, 'MEDIATYPE') ?? typesOf(params).find(isImageType)
  const text = readText(value.slice(0, 2000)).trim()
  if (isBase64 && !/^data:/i.test(text)) return fromBase64(value, statedType)
  const data = /^data:([\w.+-]+\/[\w.+-]+)?[^,]{0,200}?;base64,/i.exec(text)
  if (data) return fromBase64(value.slice(value.indexOf(',') + 1), data[1] ?? statedType)
  if (/^[a-z][a-z0-9+.-]{1,20}:/i.test(text)) {
    return { kind: 'uri', uri: readText(value).trim() }
  }
  // Binary is the default (RFC 2426, 3.1.4), and some programs do not state the encoding.
  const photo = fromBase64(value, statedType)
  return photo?.kind === 'bytes' && detectMediaType(photo.bytes) ? photo : null
}

/** A line of 4.0 whose octets are not in a data URI, as they must be (RFC 6350, 6.2.4), in that form. */
export function withDataUri(card: Card, line: Line): Line {
  if (!binaryProperties.has(line.name)) return line
  const { params } = sourceOf(card, line)
  const isUri = /^\s*[a-z][a-z0-9+.-]{1,20}:/i.test(valueOf(line).slice(0, 30))
  if (isUri && paramValue(params, 'ENCODING') === undefined) return line
  const data = readBinaryLine(card, line)
  if (data?.kind !== 'bytes') return line
  const value = `data:${data.mediaType};base64,${Buffer.from(data.bytes).toString('base64')}`
  const kept = joinParams(without(params, 'ENCODING', 'TYPE', 'VALUE', 'MEDIATYPE'))
  return makeLine(line.group, spelling(line), kept, value, card.lineEnd)
}

function fromBase64(text: string, statedType: string | undefined): Photo | null {
  // Octets decoded from damaged base64 would be no valid picture.
  if (!/^[A-Za-z0-9+/]*={0,2}$/.test(text.replaceAll(/\s+/g, ''))) return null
  const bytes = new Uint8Array(Buffer.from(text, 'base64'))
  if (bytes.length === 0) return null
  const mediaType = detectMediaType(bytes) ?? mediaTypeOfName(statedType)
  return { kind: 'bytes', mediaType, bytes }
}

function isImageType(type: string): boolean {
  return /^(?:image\/[\w.+-]+|jpe?g|png|gif|webp|bmp|tiff|heic)$/i.test(type)
}

/** @param stated a media type, or a TYPE of 3.0 such as `JPEG` */
function mediaTypeOfName(stated: string | undefined): string {
  if (!stated) return 'application/octet-stream'
  const name = stated.toLowerCase()
  return name.includes('/') ? name : `image/${name === 'jpg' ? 'jpeg' : name}`
}

const signatures: [mediaType: string, latin1: string][] = [
  ['image/jpeg', '\u00ff\u00d8\u00ff'],
  ['image/png', '\u0089PNG'],
  ['image/gif', 'GIF8'],
  ['image/tiff', 'II*\0'],
  ['image/tiff', 'MM\0*'],
]

/** Takes precedence over the stated type, which programs often get wrong. */
function detectMediaType(bytes: Uint8Array): string | undefined {
  const start = Buffer.from(bytes.subarray(0, 12)).toString('latin1')
  if (start.startsWith('RIFF') && start.endsWith('WEBP')) return 'image/webp'
  return signatures.find(([, signature]) => start.startsWith(signature))?.[0]
}

/** A new line for a photo: a data URI in 4.0, ENCODING=b in 3.0. */
export function newPhotoLine(edit: CardEdit, photo: Photo): Line {
  if (photo.kind === 'uri') {
    const params = edit.version === '4.0' ? [] : [makeParam('VALUE', ['uri'])]
    return newLine(edit, 'PHOTO', writeUri(photo.uri), { params })
  }
  const base64 = Buffer.from(photo.bytes).toString('base64')
  if (edit.version === '4.0') {
    return newLine(edit, 'PHOTO', `data:${photo.mediaType};base64,${base64}`)
  }
  const type = photo.mediaType.replace(/^image\//, '').toUpperCase()
  const params = [makeParam('ENCODING', ['b']), makeParam('TYPE', [type])]
  return newLine(edit, 'PHOTO', base64, { params })
}

export function isSamePhoto(one: Photo | null, other: Photo | null): boolean {
  if (one?.kind === 'uri' || other?.kind === 'uri') {
    return one?.kind === 'uri' && other?.kind === 'uri' && one.uri === other.uri
  }
  if (one === null || other === null) return one === other
  return Buffer.compare(one.bytes, other.bytes) === 0
}
