const utf8 = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true })
const ansi = new TextDecoder('windows-1252')

/**
 * The text of a vCard file. What is UTF-8 keeps every octet, the byte order mark too: encoded again
 * it is the same file. UTF-16 is known by its mark. Else some program folded between the octets of
 * a character (RFC 6350, 3.2, warns of them), or wrote in its own code page: then windows-1252, or
 * what a line names as its CHARSET (vCard 2.1).
 */
export function decodeText(bytes: Uint8Array): string {
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return new TextDecoder('utf-16le').decode(bytes)
  if (bytes[0] === 0xfe && bytes[1] === 0xff) return new TextDecoder('utf-16be').decode(bytes)
  return tryUtf8(bytes) ?? tryUtf8(unfoldOctets(bytes)) ?? decodeLines(bytes)
}

/** Octets in a named character set; of unknown names and broken octets it makes the best. */
export function decodeOctets(bytes: Uint8Array, charset: string | undefined): string {
  if (charset && !/^utf-?8$/i.test(charset)) {
    try {
      return new TextDecoder(charset).decode(bytes)
    } catch {
      // Not a name we know: as if there were none.
    }
  }
  return tryUtf8(bytes) ?? ansi.decode(bytes)
}

function tryUtf8(bytes: Uint8Array): string | undefined {
  try {
    return utf8.decode(bytes)
  } catch {
    return undefined
  }
}

function unfoldOctets(bytes: Uint8Array): Uint8Array {
  const unfolded = new Uint8Array(bytes.length)
  let length = 0
  for (const byte of bytes) {
    if ((byte === 0x20 || byte === 0x09) && unfolded[length - 1] === 0x0a) {
      length -= unfolded[length - 2] === 0x0d ? 2 : 1
    } else {
      unfolded[length++] = byte
    }
  }
  return unfolded.subarray(0, length)
}

function decodeLines(bytes: Uint8Array): string {
  const lines = Buffer.from(bytes).toString('latin1').split('\n')
  return lines.map((line) => decodeOctets(Buffer.from(line, 'latin1'), charsetOf(line))).join('\n')
}

function charsetOf(line: string): string | undefined {
  return /;CHARSET=([\w-]{1,40})/i.exec(line.slice(0, line.indexOf(':') + 1))?.[1]
}
