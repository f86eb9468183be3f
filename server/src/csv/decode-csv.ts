import { isUtf8 } from 'node:buffer'
import {
  type FileCharset,
  lineDecoder,
  utf16OfFile,
  wholeFileDecoder,
} from '../charset/file-charset.ts'
import type { LegacyDecoder } from '../charset/legacy-decoder.ts'
import { createPace } from '../pace.ts'

const lineFeed = 0x0a
/** Bytes without any ASCII that are held back at most. */
const maxHeldBytes = 1 << 18
const sliceBytes = 1 << 13

/**
 * Decodes a file as its byte order mark says; without one, as UTF-16 if every other of the first bytes
 * is zero, otherwise as UTF-8. Lines that are not valid UTF-8 are in the given charset, and so are all
 * lines if it is stated or one of ideographs.
 */
export async function* decodeCsv(
  chunks: AsyncIterable<Uint8Array>,
  charset: FileCharset | null = null,
): AsyncGenerator<string> {
  const pace = createPace()
  const legacy = lineDecoder(charset)
  let isDetected = false
  let rest: Buffer = Buffer.alloc(0)
  let decoder: LegacyDecoder | null = null
  for await (const chunk of chunks) {
    rest = rest.length === 0 ? Buffer.from(chunk) : Buffer.concat([rest, chunk])
    if (!isDetected) {
      if (rest.length < 4) continue
      ;[decoder, rest] = detectDecoder(rest, charset)
      isDetected = true
    }
    if (decoder !== null) {
      yield decoder.decode(rest, { stream: true })
      rest = Buffer.alloc(0)
      continue
    }
    const end = endOfLastAscii(rest)
    for (const text of decodeLines(rest.subarray(0, end), legacy)) {
      yield text
      await pace()
    }
    rest = rest.subarray(end)
  }
  if (!isDetected) [decoder, rest] = detectDecoder(rest, charset)
  if (decoder === null) yield* decodeLines(rest, legacy)
  else yield decoder.decode(rest)
}

/** @returns the decoder of the whole file, null for UTF-8, and the file without its byte order mark */
function detectDecoder(start: Buffer, charset: FileCharset | null): [LegacyDecoder | null, Buffer] {
  const utf16 = utf16OfFile(start, charset)
  if (utf16) {
    const decoder = new TextDecoder(utf16.charset, { ignoreBOM: true })
    return [decoder, start.subarray(utf16.mark)]
  }
  const isMarked = start[0] === 0xef && start[1] === 0xbb && start[2] === 0xbf
  return isMarked ? [null, start.subarray(3)] : [wholeFileDecoder(charset), start]
}

/** The end of the last ASCII byte, where no character of UTF-8 or of a charset of one octet is cut in two. */
function endOfLastAscii(bytes: Buffer): number {
  let end = bytes.length
  while (end > 0 && (bytes[end - 1] ?? 0) > 0x7f) end--
  return end === 0 && bytes.length > maxHeldBytes ? bytes.length : end
}

/** Yields a few lines at a time: many short lines of two charsets take long to decode. */
function* decodeLines(bytes: Buffer, legacy: LegacyDecoder): Generator<string> {
  if (isUtf8(bytes)) {
    yield bytes.toString()
    return
  }
  for (let start = 0; start < bytes.length;) {
    const end = bytes.indexOf(lineFeed, start + sliceBytes) + 1 || bytes.length
    yield decodeMixed(bytes.subarray(start, end), legacy)
    start = end
  }
}

function decodeMixed(bytes: Buffer, legacy: LegacyDecoder): string {
  if (isUtf8(bytes)) return bytes.toString()
  let text = ''
  for (let start = 0; start < bytes.length;) {
    const end = bytes.indexOf(lineFeed, start) + 1 || bytes.length
    const line = bytes.subarray(start, end)
    text += isUtf8(line) ? line.toString() : legacy.decode(line)
    start = end
  }
  return text
}
