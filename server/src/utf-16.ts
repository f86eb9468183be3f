/** `mark` is how many octets the byte order mark takes. */
export type Utf16 = { charset: 'utf-16le' | 'utf-16be'; mark: number }

/**
 * Whether a file is UTF-16: by its byte order mark, else where every other of its first four octets
 * is zero, as in all Latin text.
 */
export function utf16Of(start: Uint8Array): Utf16 | undefined {
  const [a, b, c, d] = start
  if (a === 0xff && b === 0xfe) return { charset: 'utf-16le', mark: 2 }
  if (a === 0xfe && b === 0xff) return { charset: 'utf-16be', mark: 2 }
  if (a !== 0 && b === 0 && c !== 0 && d === 0) return { charset: 'utf-16le', mark: 0 }
  if (a === 0 && b !== 0 && c === 0 && d !== 0) return { charset: 'utf-16be', mark: 0 }
  return undefined
}

/** How many octets UTF-8 has in UTF-16. */
export function utf16Octets(utf8: Uint8Array): number {
  let octets = 0
  for (const byte of utf8) {
    // Each character but for its further octets; one of four octets is two units.
    if ((byte & 0xc0) !== 0x80) octets += byte >= 0xf0 ? 4 : 2
  }
  return octets
}
