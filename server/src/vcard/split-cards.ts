import { cardSplitter, type Piece } from './card-splitter.ts'

/** The pieces of a text, in order: exact slices, of which only blank lines between are left out. */
export function splitCards(text: string): Piece[] {
  const splitter = cardSplitter()
  return [...splitter.push(Buffer.from(text)), ...splitter.end()]
}

/**
 * The pieces of a file as it arrives. Memory stays below a few MiB whatever the file holds, and a
 * card that is refused does not stop those behind it.
 */
export async function* splitCardStream(
  chunks: AsyncIterable<Uint8Array> | Iterable<Uint8Array>,
): AsyncGenerator<Piece, void, undefined> {
  const splitter = cardSplitter()
  let transcode: ((chunk: Uint8Array) => Uint8Array) | undefined
  let head: Uint8Array | undefined = new Uint8Array(0)
  for await (const chunk of chunks) {
    // The byte order mark may be cut in two.
    const start: Uint8Array = head ? Buffer.concat([head, chunk]) : chunk
    if (head && start.length < 2) {
      head = start
      continue
    }
    if (head) transcode = utf16Transcoder(start)
    head = undefined
    yield* splitter.push(transcode ? transcode(start) : start)
  }
  if (head) yield* splitter.push(head)
  yield* splitter.end()
}

/** To UTF-8, where the file is in UTF-16. */
function utf16Transcoder(start: Uint8Array): ((chunk: Uint8Array) => Uint8Array) | undefined {
  const isLittle = start[0] === 0xff && start[1] === 0xfe
  const isBig = start[0] === 0xfe && start[1] === 0xff
  if (!isLittle && !isBig) return undefined
  const decoder = new TextDecoder(isLittle ? 'utf-16le' : 'utf-16be')
  return (chunk) => Buffer.from(decoder.decode(chunk, { stream: true }))
}
