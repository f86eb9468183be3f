import { isUtf8 } from 'node:buffer'
import { createPace } from '../pace.ts'
import { utf16Of } from '../utf-16.ts'

const lineFeed = 0x0a
const maxBlockBytes = 1 << 18
const sliceBytes = 1 << 13

/**
 * Decodes a file: by its byte order mark, else as UTF-16 where every other of the first bytes is
 * zero, else as UTF-8. Lines that are not UTF-8 are windows-1251 where most letters are foreign to
 * ASCII, as in Cyrillic, else windows-1252: what Outlook writes in Western and in Ukrainian Windows.
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

/** Where the last ASCII byte ends: no character of UTF-8 or windows-125x is cut there. */
function endOfLastAscii(bytes: Buffer): number {
  let end = bytes.length
  while (end > 0 && (bytes[end - 1] ?? 0) > 0x7f) end--
  return end === 0 && bytes.length > maxBlockBytes ? bytes.length : end
}

/** Text of a few lines at a time: it takes a while where lines are short and of two charsets. */
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

/** In Cyrillic the letters beyond ASCII stand next to each other, in Western languages alone. */
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
