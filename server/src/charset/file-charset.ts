import { isUtf8 } from 'node:buffer'
import { createPace } from '../pace.ts'
import { utf16Of, type Utf16 } from '../utf-16.ts'
import { charsetGuess } from './guess-charset.ts'
import { legacyDecoder, type LegacyDecoder } from './legacy-decoder.ts'
import { multibyteCharsets } from './multibyte.ts'

/** The charset of a file, as its sender states it or as it was guessed. */
export type FileCharset = { name: string; isStated: boolean }

const sliceBytes = 1 << 13
const maxLineBytes = 1 << 16
const lineFeed = 0x0a
const carriageReturn = 0x0d

/**
 * Guesses the charset of a file from all of it.
 * @returns null if it is UTF-8 or UTF-16
 */
export async function guessFileCharset(
  chunks: AsyncIterable<Uint8Array>,
): Promise<FileCharset | null> {
  const watched = watchCharset(chunks)
  for await (const _ of watched.chunks) if (watched.isUtf16()) return null
  return watched.guessed()
}

/** Guesses the charset of a file while something else reads it. */
export function watchCharset(file: AsyncIterable<Uint8Array>) {
  const guess = charsetGuess()
  let rest: Buffer = Buffer.alloc(0)
  let isUtf16: boolean | undefined

  async function* watch(): AsyncGenerator<Uint8Array> {
    const pace = createPace()
    for await (const chunk of file) {
      isUtf16 ??= utf16Of(chunk) !== undefined
      yield chunk
      if (isUtf16) continue
      for (let at = 0; at < chunk.length; at += sliceBytes) {
        const bytes = Buffer.concat([rest, chunk.subarray(at, at + sliceBytes)])
        const end = Math.max(bytes.lastIndexOf(lineFeed), bytes.lastIndexOf(carriageReturn)) + 1
        const whole = end === 0 && bytes.length > maxLineBytes ? bytes.length : end
        const lines = bytes.subarray(0, whole)
        if (isUtf8(lines)) guess.addUtf8(lines)
        else for (const line of linesOf(lines)) guess.add(line)
        rest = bytes.subarray(whole)
        await pace()
      }
    }
  }

  return {
    chunks: watch(),
    isUtf16: () => isUtf16 ?? false,
    /** Once all is read: null if it is UTF-8 or UTF-16. */
    guessed(): FileCharset | null {
      guess.add(rest)
      const name = guess.take()
      return name === null ? null : { name, isStated: false }
    },
  }
}

/**
 * The decoder of a charset that all of a file is in: of a stated one, and of ideographs. In a file of
 * another guessed charset, lines may be UTF-8.
 */
export function wholeFileDecoder(charset: FileCharset | null): LegacyDecoder | null {
  if (charset === null) return null
  const isMultibyte = multibyteCharsets.some(({ name }) => name === charset.name)
  return charset.isStated || isMultibyte ? legacyDecoder(charset.name) : null
}

/** The decoder of lines that are not UTF-8. */
export function lineDecoder(charset: FileCharset | null): LegacyDecoder {
  return legacyDecoder(charset?.name ?? 'windows-1252')
}

/** UTF-16 by the first octets of a file, else if it is stated. */
export function utf16OfFile(start: Uint8Array, charset: FileCharset | null): Utf16 | undefined {
  const detected = utf16Of(start)
  if (detected || (charset?.name !== 'utf-16le' && charset?.name !== 'utf-16be')) return detected
  return { charset: charset.name, mark: 0 }
}

function* linesOf(bytes: Buffer): Generator<Buffer> {
  let start = 0
  for (let at = 0; at < bytes.length; at++) {
    if (bytes[at] !== lineFeed && bytes[at] !== carriageReturn) continue
    if (at > start) yield bytes.subarray(start, at)
    start = at + 1
  }
  if (start < bytes.length) yield bytes.subarray(start)
}
