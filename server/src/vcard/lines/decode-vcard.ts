import { isUtf8 } from 'node:buffer'
import { type FileCharset, lineDecoder, wholeFileDecoder } from '../../charset/file-charset.ts'
import { charsetName, legacyDecoder, type LegacyDecoder } from '../../charset/legacy-decoder.ts'

const utf8 = new TextDecoder('utf-8', { ignoreBOM: true })
const windows1252 = new TextDecoder('windows-1252')

/**
 * Decodes a vCard file. UTF-8 keeps every octet, including a byte order mark: encoded again it is the
 * same file. UTF-16 is recognised by its mark. Of other files, UTF-8 may have been folded between the
 * octets of a character (RFC 6350, 3.2, warns of this): a text cannot express such a fold, so it moves
 * before the character. The rest is in the CHARSET of a line (vCard 2.1), else in that of the file, else
 * in windows-1252.
 * @param charset of a file that is not all UTF-8 or UTF-16
 */
export function decodeVcard(bytes: Uint8Array, charset: FileCharset | null = null): string {
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return new TextDecoder('utf-16le').decode(bytes)
  if (bytes[0] === 0xfe && bytes[1] === 0xff) return new TextDecoder('utf-16be').decode(bytes)
  const whole = wholeFileDecoder(charset)
  if (whole !== null) return decodeLines(bytes, (octets) => whole.decode(octets))
  const utf8 = decodeUtf8Vcard(bytes)
  if (utf8 !== undefined) return utf8
  const legacy = lineDecoder(charset)
  return decodeLines(bytes, (octets) => tryUtf8(octets) ?? legacy.decode(octets))
}

/** The same of UTF-8 alone; undefined where the octets are none. */
export function decodeUtf8Vcard(bytes: Uint8Array): string | undefined {
  return tryUtf8(bytes) ?? tryUtf8(moveSplittingFolds(bytes))
}

/**
 * Decodes octets in a named charset. An unknown name is ignored: then they are UTF-8 or windows-1252.
 * In damaged UTF-8, only the invalid octets are read as windows-1252.
 * @param decoders a cache that several lines share
 */
export function decodeCharset(
  bytes: Uint8Array,
  charset: string | undefined,
  decoders = new Map<string, LegacyDecoder | null>(),
): string {
  const isNamedUtf8 = charset !== undefined && /^utf-?8$/i.test(charset)
  const isOther = charset && !isNamedUtf8
  const decoder = isOther ? decoders.getOrInsertComputed(charset, decoderOf) : null
  if (decoder) return decoder.decode(bytes)
  return tryUtf8(bytes) ?? (isNamedUtf8 ? decodeDamaged(bytes) : windows1252.decode(bytes))
}

/** null if the charset is unknown. */
function decoderOf(label: string): LegacyDecoder | null {
  const name = charsetName(label)
  return name === undefined ? null : legacyDecoder(name)
}

function decodeDamaged(bytes: Uint8Array): string {
  const mended = new Uint8Array(3 * bytes.length)
  let length = 0
  for (let at = 0; at < bytes.length;) {
    const size = sequenceLengthAt(bytes, at)
    const octets =
      size > 0 ? bytes.subarray(at, at + size) : upperHalfInUtf8[(bytes[at] ?? 0) - 0x80]
    for (const octet of octets ?? []) mended[length++] = octet
    at += Math.max(size, 1)
  }
  return utf8.decode(mended.subarray(0, length))
}

/** The characters 0x80 to 0xff of windows-1252. */
const upperHalf = Array.from({ length: 0x80 }, (_, index) =>
  windows1252.decode(Uint8Array.of(0x80 + index)),
)
const upperHalfInUtf8 = upperHalf.map((character) => Buffer.from(character))

/** The length of the UTF-8 sequence at an index (RFC 3629, 4); 0 if there is no valid one. */
function sequenceLengthAt(bytes: Uint8Array, at: number): number {
  const first = bytes[at] ?? -1
  const second = bytes[at + 1] ?? 0
  if (first < 0x80) return first < 0 ? 0 : 1
  const length = first < 0xc2 || first > 0xf4 ? 0 : first < 0xe0 ? 2 : first < 0xf0 ? 3 : 4
  for (let next = 1; next < length; next++) {
    if (((bytes[at + next] ?? 0) & 0xc0) !== 0x80) return 0
  }
  const isOverlong = (first === 0xe0 && second < 0xa0) || (first === 0xf0 && second < 0x90)
  const isBeyond = (first === 0xed && second > 0x9f) || (first === 0xf4 && second > 0x8f)
  return isOverlong || isBeyond ? 0 : length
}

function tryUtf8(bytes: Uint8Array): string | undefined {
  return isUtf8(bytes) ? utf8.decode(bytes) : undefined
}

/** Moves a fold between the octets of a character before that character. */
function moveSplittingFolds(bytes: Uint8Array): Uint8Array {
  const mended = new Uint8Array(bytes.length)
  let length = 0
  for (let at = 0; at < bytes.length;) {
    const octet = bytes[at] ?? 0
    if (octet < 0xc2) {
      mended[length++] = octet
      at++
      continue
    }
    const parts = readFoldedCharacter(bytes, at)
    for (const part of parts.folds) {
      mended.set(part, length)
      length += part.length
    }
    for (const octet of parts.octets) mended[length++] = octet
    at = parts.end
  }
  return mended
}

/** The octets of the character at an index, and the folds between them. */
function readFoldedCharacter(bytes: Uint8Array, at: number) {
  const first = bytes[at] ?? 0
  const size = first < 0xe0 ? 2 : first < 0xf0 ? 3 : 4
  const octets = [first]
  const folds: Uint8Array[] = []
  let end = at + 1
  while (octets.length < size) {
    const octet = bytes[end] ?? 0
    const fold = foldLengthAt(bytes, end)
    if ((octet & 0xc0) === 0x80) octets.push(octet)
    else if (fold > 0) folds.push(bytes.subarray(end, end + fold))
    else return { octets: [first], folds: [], end: at + 1 }
    end += Math.max(fold, 1)
  }
  return { octets, folds, end }
}

/** The length of the fold at an index: a line end and a space; 0 if there is none. */
function foldLengthAt(bytes: Uint8Array, at: number): number {
  let end = at
  while (bytes[end] === 0x0d && end < at + 2) end++
  const isFold = bytes[end] === 0x0a && (bytes[end + 1] === 0x20 || bytes[end + 1] === 0x09)
  return isFold ? end + 2 - at : 0
}

// An escape switches the character set of ISO-2022-JP.
const escape = '\u001b'
const beyondAscii = /[^\p{ASCII}]/u

/** @param decode decodes a line without a CHARSET */
function decodeLines(bytes: Uint8Array, decode: (octets: Buffer) => string): string {
  const lines = Buffer.from(bytes).toString('latin1').split('\n')
  const decoders = new Map<string, LegacyDecoder | null>()
  return lines.map((line) => decodeLine(line, decode, decoders)).join('\n')
}

/** @param line a string with one character for each octet */
function decodeLine(
  line: string,
  decode: (octets: Buffer) => string,
  decoders: Map<string, LegacyDecoder | null>,
): string {
  if (!beyondAscii.test(line) && !line.includes(escape)) return line
  const charset = charsetOf(line)
  const octets = Buffer.from(line, 'latin1')
  return charset === undefined ? decode(octets) : decodeCharset(octets, charset, decoders)
}

function charsetOf(line: string): string | undefined {
  return /;CHARSET=([\w-]{1,40})/i.exec(line.slice(0, line.indexOf(':') + 1))?.[1]
}
