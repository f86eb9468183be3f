import { utf16Octets, type Utf16 } from '../../utf-16.ts'

/** The octets of a file from offset `from` to before `to`, and the charset to read them in. */
export type ByteRange = { from: number; to: number; charset: Utf16['charset'] | null }

export type ByteWindow = ReturnType<typeof byteWindow>

const noBytes = Buffer.alloc(0)

/**
 * The octets of a file that are not split yet, and their offset in the file.
 * @param utf16 the encoding of the file, if its text arrives transcoded to UTF-8
 */
export function byteWindow(utf16?: Utf16) {
  let chunks: Uint8Array[] = []
  let size = 0
  let bytes: Buffer = noBytes
  /** The index in `bytes` whose offset in the file is `offset`. */
  let measured = 0
  let offset = utf16?.mark ?? 0

  function append(chunk: Uint8Array): void {
    chunks.push(chunk)
    size += chunk.length
  }

  /** Joins the chunks: indexes are those of the returned buffer until the next `discard`. */
  function join(): Buffer {
    bytes = Buffer.concat(chunks)
    return bytes
  }

  function slice(start: number, end: number): Buffer {
    return bytes.subarray(start, end)
  }

  /** The offset in the file of an index, which is never below that of an earlier call. */
  function offsetOf(at: number): number {
    offset += utf16 ? utf16Octets(bytes.subarray(measured, at)) : at - measured
    measured = at
    return offset
  }

  /** @param from an offset in the file, whereas `end` is an index */
  function range(from: number, end: number): ByteRange {
    return { from, to: offsetOf(end), charset: utf16?.charset ?? null }
  }

  /** Lets go of the octets before `end`. */
  function discard(end: number): void {
    offsetOf(end)
    measured = 0
    // A copy: a view would keep the whole joined buffer in memory.
    chunks = [Uint8Array.from(bytes.subarray(end))]
    size = bytes.length - end
    bytes = noBytes
  }

  return { append, size: () => size, join, slice, offsetOf, range, discard }
}
