import { Socket } from 'node:net'
import type { FastifyInstance } from 'fastify'
import fp from 'fastify-plugin'
import { refuseBrokenRequest } from './broken-request.ts'

declare module 'fastify' {
  interface FastifyContextConfig {
    /** Takes files so large that they may be long on their way, as long as they come. */
    isUpload?: boolean
  }
}

/** For a request's body, in ms; of an upload, for each part of it. */
const arriveWithinMs = 15_000
/** For Node's `requestTimeout`: the end of the slowest upload. */
export const slowestUploadMs = 15 * 60_000

/**
 * Ends requests whose bodies do not arrive: all are small but uploads, and of these something has to
 * come all the time. Node knows one time for all.
 */
export const refuseSlowRequests = fp((app: FastifyInstance, _options, done) => {
  app.addHook('onRequest', (request, _reply, next) => {
    next()
    const { raw, headers } = request
    const hasBody = 'content-length' in headers || 'transfer-encoding' in headers
    const { socket } = raw
    // What is injected has arrived as a whole, by no socket.
    if (!hasBody || raw.complete || !(socket instanceof Socket)) return
    const { isUpload } = request.routeOptions.config
    let octets = socket.bytesRead
    const timer = setInterval(() => {
      if (raw.complete || socket.destroyed) return clearInterval(timer)
      const comes = isUpload === true && socket.bytesRead > octets
      octets = socket.bytesRead
      if (!comes) refuseBrokenRequest({ code: 'ERR_HTTP_REQUEST_TIMEOUT' }, socket)
    }, arriveWithinMs).unref()
    raw.once('close', () => clearInterval(timer))
  })
  done()
})
