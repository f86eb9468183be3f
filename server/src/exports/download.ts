import { Readable } from 'node:stream'

const chunkLength = 64 * 1024

/**
 * A stream of the texts that a generator makes, in chunks of some size. It asks for more only as fast
 * as somebody takes it.
 */
export function streamOf(texts: AsyncIterable<string>): Readable {
  return Readable.from(chunksOf(texts), { objectMode: false })
}

async function* chunksOf(texts: AsyncIterable<string>): AsyncGenerator<Buffer> {
  let waiting = ''
  for await (const text of texts) {
    waiting += text
    if (waiting.length < chunkLength) continue
    yield Buffer.from(waiting)
    waiting = ''
  }
  if (waiting !== '') yield Buffer.from(waiting)
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
