import { createPace } from '../../pace.ts'
import { createJsonScanner, type JsonPiece } from './json-scanner.ts'

const sliceSize = 16 * 1024

/**
 * The elements of the lists of a JSON file, one after the other. @see createJsonScanner
 * @param chunks in UTF-8
 */
export async function* jsonPieces(
  chunks: AsyncIterable<Uint8Array>,
  isWanted: (list: string) => boolean,
): AsyncGenerator<JsonPiece> {
  const pace = createPace()
  const scanner = createJsonScanner(isWanted)
  let isStart = true
  for await (const chunk of chunks) {
    const bytes = isStart ? withoutMark(chunk) : chunk
    isStart = false
    for (let at = 0; at < bytes.length; at += sliceSize) {
      yield* scanner.scan(bytes.subarray(at, at + sliceSize))
      if (scanner.isBroken()) return
      await pace()
    }
  }
  yield* scanner.end()
}

function withoutMark(bytes: Uint8Array): Uint8Array {
  const isMarked = bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf
  return isMarked ? bytes.subarray(3) : bytes
}
