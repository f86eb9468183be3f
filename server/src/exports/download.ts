import { Readable } from 'node:stream'

const chunkLength = 64 * 1024

/** A stream of {@link encoded} texts. It asks for more only as fast as somebody takes it. */
export function streamOf(texts: AsyncIterable<string>): Readable {
  return Readable.from(encoded(texts), { objectMode: false })
}

// Above this an answer leaves in pieces, so that it does not stand in memory as one text.
const maxWholeLength = 512 * 1024

/**
 * The body of an answer: one text, or the stream of a long one. Its first texts are made before the answer
 * begins, so that what they throw is still a refusal.
 */
export async function bodyOf(texts: AsyncIterable<string>): Promise<string | Readable> {
  const iterator = texts[Symbol.asyncIterator]()
  let whole = ''
  while (whole.length <= maxWholeLength) {
    const { done, value } = await iterator.next()
    if (done) return whole
    whole += value
  }
  return streamOf(behind(whole, { [Symbol.asyncIterator]: () => iterator }))
}

async function* behind(start: string, rest: AsyncIterable<string>): AsyncGenerator<string> {
  yield start
  yield* rest
}

/** Texts in UTF-8, in chunks of some size, each in a buffer of its own. */
export async function* encoded(
  texts: AsyncIterable<string>,
): AsyncGenerator<Uint8Array<ArrayBuffer>> {
  const encoder = new TextEncoder()
  let waiting = ''
  for await (const text of texts) {
    waiting += text
    if (waiting.length < chunkLength) continue
    yield encoder.encode(waiting)
    waiting = ''
  }
  if (waiting !== '') yield encoder.encode(waiting)
}

/** The name under which a browser saves a file (RFC 6266): in ASCII, and with all its letters. */
export function attachment(name: string): string {
  const plain = name.replaceAll(/[^\w. -]+/g, '_')
  const encoded = encodeURIComponent(name).replaceAll(
    /['()*]/g,
    (letter) => `%${letter.charCodeAt(0).toString(16).toUpperCase()}`,
  )
  return `attachment; filename="${plain}"; filename*=UTF-8''${encoded}`
}
