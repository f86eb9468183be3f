import { pipeline, Readable, type Transform } from 'node:stream'
import zlib from 'node:zlib'
import { negotiate } from '@fastify/accept-negotiator'
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'

declare module 'fastify' {
  interface FastifyContextConfig {
    /**
     * Answers with tokens, and so never compressed: the length of what is compressed tells of a secret
     * beside a text that somebody else chooses (BREACH, https://www.breachattack.com).
     */
    sendsTokens?: boolean
  }
}

type Coding = {
  now: (body: string | Buffer) => Buffer
  inBackground: (body: string | Buffer, done: zlib.CompressCallback) => void
  stream: () => Transform
}

const { BROTLI_PARAM_QUALITY, BROTLI_PARAM_LGWIN, ZSTD_c_compressionLevel } = zlib.constants
// Low levels: on a page of contacts, the usual ones take twice as long for a twentieth of the octets.
const gzip = { level: 2 }
const brotli = { params: { [BROTLI_PARAM_QUALITY]: 2, [BROTLI_PARAM_LGWIN]: 18 } }
const zstd = { params: { [ZSTD_c_compressionLevel]: 1 } }

const codings: Record<string, Coding> = {
  zstd: {
    now: (body) => zlib.zstdCompressSync(body, zstd),
    inBackground: (body, done) => zlib.zstdCompress(body, zstd, done),
    stream: () => zlib.createZstdCompress(zstd),
  },
  br: {
    now: (body) => zlib.brotliCompressSync(body, brotli),
    inBackground: (body, done) => zlib.brotliCompress(body, brotli, done),
    stream: () => zlib.createBrotliCompress(brotli),
  },
  gzip: {
    now: (body) => zlib.gzipSync(body, gzip),
    inBackground: (body, done) => zlib.gzip(body, gzip, done),
    stream: () => zlib.createGzip(gzip),
  },
}
/** By preference, where a client likes several as much: zstd is twice as fast as the others. */
const codingNames = [...Object.keys(codings), 'identity']

// In octets, or characters of a text. What is smaller fits into one packet anyway.
const minLength = 1_400
/** Above this, compressing would keep other requests waiting: a thread does it. */
const maxLengthNow = 64 * 1024
/** Texts; not server-sent events, which must not wait for more to compress. */
const compressible =
  /^(?:text\/(?!event-stream)|application\/(?:[\w.+-]*json|xml|javascript|x-yaml)\b|image\/svg)/

/**
 * Compresses answers as their `Accept-Encoding` asks (RFC 9110, 12.5.3); streams as they go, at the pace
 * of who takes them. `Vary` names the header on every answer (`http/cors.ts`).
 *
 * Entity tags stay as they are. A strong one should differ for each encoding (RFC 9110, 8.8.3.3), so that
 * nobody joins ranges of two; but ours are revisions, for which `If-Match` asks, and nothing that has one is
 * served in ranges. Tags of files are weak. What proxies do to tags, `http/etag.ts` takes back.
 */
export function compressAnswers(app: FastifyInstance) {
  app.addHook('onSend', (request, reply, body: unknown, done) => {
    // First what most callers of an API lack.
    const accepted = request.headers['accept-encoding']
    if (accepted === undefined || !isWorthIt(request, reply, body)) return done()
    const name = negotiate(accepted.toLowerCase(), codingNames)
    const coding = name === null ? undefined : codings[name]
    if (name === null || !coding) return done()
    void reply.header('content-encoding', name)
    void reply.removeHeader('content-length').removeHeader('accept-ranges')
    if (body instanceof Readable) {
      // Whichever end breaks takes the other with it.
      return done(
        null,
        pipeline(body, coding.stream(), () => {}),
      )
    }
    if (body.length <= maxLengthNow) return done(null, coding.now(body))
    coding.inBackground(body, done)
  })
}

function isWorthIt(
  { method, routeOptions }: FastifyRequest,
  reply: FastifyReply,
  body: unknown,
): body is string | Buffer | Readable {
  const isWhole = typeof body === 'string' || Buffer.isBuffer(body)
  if (isWhole ? body.length < minLength : !(body instanceof Readable)) return false
  return (
    method !== 'HEAD' &&
    reply.statusCode !== 206 &&
    routeOptions.config.sendsTokens !== true &&
    !reply.hasHeader('content-encoding') &&
    compressible.test(String(reply.getHeader('content-type')))
  )
}
