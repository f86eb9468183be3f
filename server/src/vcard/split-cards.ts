import { type FileCharset, utf16OfFile } from '../charset/file-charset.ts'
import { createPace } from '../pace.ts'
import type { Utf16 } from '../utf-16.ts'
import type { Piece } from './lines/card-assembler.ts'
import { cardSplitter } from './lines/card-splitter.ts'

// The octets split at once: about a millisecond of work.
const sliceBytes = 16 * 1024

/** The pieces of a text, in order: exact slices that leave out only blank lines between them. */
export function splitCards(text: string): Piece[] {
  const splitter = cardSplitter()
  return [...splitter.push(Buffer.from(text)), ...splitter.end()]
}

/**
 * The pieces of a file as it arrives. Whatever the file holds, memory stays below a few MiB, the event
 * loop is never blocked for long, and the cards after a refused one are still read.
 * @param charset of a file that is not all UTF-8 or UTF-16
 */
export async function* splitCardStream(
  chunks: AsyncIterable<Uint8Array> | Iterable<Uint8Array>,
  charset: FileCharset | null = null,
): AsyncGenerator<Piece, void, undefined> {
  const pace = createPace()
  let splitter: ReturnType<typeof cardSplitter> | undefined
  let transcode = (bytes: Uint8Array) => bytes
  let head: Uint8Array = new Uint8Array(0)
  for await (const chunk of chunks) {
    let start: Uint8Array = chunk
    if (!splitter) {
      // The chunk may be too short to recognise UTF-16.
      start = head = Buffer.concat([head, chunk])
      if (head.length < 4) continue
      const utf16 = utf16OfFile(head, charset)
      if (utf16) transcode = transcoder(utf16)
      splitter = cardSplitter(utf16, utf16 ? null : charset)
    }
    for (let at = 0; at < start.length; at += sliceBytes) {
      for (const piece of splitter.push(transcode(start.subarray(at, at + sliceBytes)))) {
        yield piece
        await pace()
      }
      await pace()
    }
  }
  splitter ??= cardSplitter(undefined, charset)
  if (head.length < 4) yield* splitter.push(head)
  yield* splitter.end()
}

function transcoder({ charset }: Utf16): (chunk: Uint8Array) => Uint8Array {
  const decoder = new TextDecoder(charset)
  return (chunk) => Buffer.from(decoder.decode(chunk, { stream: true }))
}
