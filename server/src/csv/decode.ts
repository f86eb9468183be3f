const lineFeed = 0x0a
const maxBlockBytes = 1 << 18

/**
 * Decodes a file: by its byte order mark, else as UTF-16 where every other of the first bytes is
 * zero, else as UTF-8. Lines that are not UTF-8 are windows-1251 where most letters are foreign to
 * ASCII, as in Cyrillic, else windows-1252: what Outlook writes in Western and in Ukrainian Windows.
 */
export async function* decodeText(chunks: AsyncIterable<Uint8Array>): AsyncGenerator<string> {
  let charset: string | undefined
  let rest: Buffer = Buffer.alloc(0)
  let decoder: TextDecoder | undefined
  for await (const chunk of chunks) {
    rest = rest.length === 0 ? Buffer.from(chunk) : Buffer.concat([rest, chunk])
    if (charset === undefined) {
      if (rest.length < 4) continue
      ;[charset, rest] = readCharset(rest)
      if (charset !== 'utf-8') decoder = new TextDecoder(charset, { ignoreBOM: true })
    }
    if (decoder !== undefined) {
      yield decoder.decode(rest, { stream: true })
      rest = Buffer.alloc(0)
      continue
    }
    const end = lastAscii(rest)
    yield decodeLines(rest.subarray(0, end))
    rest = rest.subarray(end)
  }
  if (charset === undefined) [charset, rest] = readCharset(rest)
  yield charset === 'utf-8' ? decodeLines(rest) : new TextDecoder(charset).decode(rest)
}

function readCharset(start: Buffer): [string, Buffer] {
  const [a, b, c, d] = start
  if (a === 0xff && b === 0xfe) return ['utf-16le', start.subarray(2)]
  if (a === 0xfe && b === 0xff) return ['utf-16be', start.subarray(2)]
  if (a === 0xef && b === 0xbb && c === 0xbf) return ['utf-8', start.subarray(3)]
  if (a !== 0 && b === 0 && c !== 0 && d === 0) return ['utf-16le', start]
  if (a === 0 && b !== 0 && c === 0 && d !== 0) return ['utf-16be', start]
  return ['utf-8', start]
}

/** Where the last ASCII byte ends: no character of UTF-8 or windows-125x is cut there. */
function lastAscii(bytes: Buffer): number {
  let end = bytes.length
  while (end > 0 && (bytes[end - 1] ?? 0) > 0x7f) end--
  return end === 0 && bytes.length > maxBlockBytes ? bytes.length : end
}

function decodeLines(bytes: Buffer): string {
  const text = decodeUtf8(bytes)
  if (text !== undefined) return text
  const legacy = new TextDecoder(legacyCharset(bytes))
  const lines: string[] = []
  for (let start = 0; start < bytes.length;) {
    const end = bytes.indexOf(lineFeed, start) + 1 || bytes.length
    const line = bytes.subarray(start, end)
    lines.push(decodeUtf8(line) ?? legacy.decode(line))
    start = end
  }
  return lines.join('')
}

const utf8 = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true })

function decodeUtf8(bytes: Buffer): string | undefined {
  try {
    return utf8.decode(bytes)
  } catch {
    return undefined
  }
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
