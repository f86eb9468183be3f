import { isUtf8 } from 'node:buffer'
import { createPace } from '../pace.ts'
import { utf16Of } from '../utf-16.ts'

const lineFeed = 0x0a
/** Bytes without any ASCII that are held back at most. */
const maxHeldBytes = 1 << 18
const sliceBytes = 1 << 13

/**
 * Decodes a file as its byte order mark says; without one, as UTF-16 if every other of the first bytes
 * is zero, otherwise as UTF-8. Lines that are not valid UTF-8 are in a code page of Windows, as Outlook
 * writes them: windows-1251 if most letters outside of ASCII stand next to each other, as in Cyrillic
 * words, otherwise windows-1252.
 */
export async function* decodeCsv(chunks: AsyncIterable<Uint8Array>): AsyncGenerator<string> {
  const pace = createPace()
  let charset: string | undefined
  let rest: Buffer = Buffer.alloc(0)
  let decoder: TextDecoder | undefined
  for await (const chunk of chunks) {
    rest = rest.length === 0 ? Buffer.from(chunk) : Buffer.concat([rest, chunk])
    if (charset === undefined) {
      if (rest.length < 4) continue
      ;[charset, rest] = detectCharset(rest)
      if (charset !== 'utf-8') decoder = new TextDecoder(charset, { ignoreBOM: true })
    }
    if (decoder !== undefined) {
      yield decoder.decode(rest, { stream: true })
      rest = Buffer.alloc(0)
      continue
    }
    const end = endOfLastAscii(rest)
    for (const text of decodeLines(rest.subarray(0, end))) {
      yield text
      await pace()
    }
    rest = rest.subarray(end)
  }
  if (charset === undefined) [charset, rest] = detectCharset(rest)
  if (charset === 'utf-8') yield* decodeLines(rest)
  else yield new TextDecoder(charset).decode(rest)
}

function detectCharset(start: Buffer): [string, Buffer] {
  const utf16 = utf16Of(start)
  if (utf16) return [utf16.charset, start.subarray(utf16.mark)]
  const isMarked = start[0] === 0xef && start[1] === 0xbb && start[2] === 0xbf
  return ['utf-8', isMarked ? start.subarray(3) : start]
}

/** The end of the last ASCII byte, where no character of UTF-8 or windows-125x is cut in two. */
function endOfLastAscii(bytes: Buffer): number {
  let end = bytes.length
  while (end > 0 && (bytes[end - 1] ?? 0) > 0x7f) end--
  return end === 0 && bytes.length > maxHeldBytes ? bytes.length : end
}

/** Yields a few lines at a time: many short lines of two charsets take long to decode. */
function* decodeLines(bytes: Buffer): Generator<string> {
  if (isUtf8(bytes)) {
    yield bytes.toString()
    return
  }
  const legacy = new TextDecoder(legacyCharset(bytes))
  for (let start = 0; start < bytes.length;) {
    const end = bytes.indexOf(lineFeed, start + sliceBytes) + 1 || bytes.length
    yield decodeMixed(bytes.subarray(start, end), legacy)
    start = end
  }
}

function decodeMixed(bytes: Buffer, legacy: TextDecoder): string {
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

/** Cyrillic words have several letters outside of ASCII in a row, Western words single ones. */
function legacyCharset(bytes: Buffer): string {
  let beyond = 0
  let neighbours = 0
  for (let at = 0; at < bytes.length; at++) {
    if ((bytes[at] ?? 0) <= 0x7f) continue
    beyond++
    if ((bytes[at + 1] ?? 0) > 0x7f) neighbours++
  }
  return neighbours * 2 > beyond ? 'windows-1251' : 'windows-1252'
}
