import { METHODS } from 'node:http'
import type { FastifyInstance, FastifyPluginCallback } from 'fastify'
import type { Services } from '../services.ts'
import type { Call, Handler } from './call.ts'
import { DavError, nothingHere } from './dav-error.ts'
import { acl } from './methods/acl.ts'
import { copy, move } from './methods/copy-move.ts'
import { remove } from './methods/delete.ts'
import { get } from './methods/get.ts'
import { mkcol } from './methods/mkcol.ts'
import { allowedAt, options } from './methods/options.ts'
import { post } from './methods/post.ts'
import { propfind } from './methods/propfind.ts'
import { proppatch } from './methods/proppatch.ts'
import { put } from './methods/put.ts'
import { report } from './methods/report.ts'
import { hasFragment, isMemberPath, pathInTarget, readPath, type Place } from './paths.ts'
import { isMinimalAsked, requireWholeBody } from './read-request.ts'
import { compliance } from './reply.ts'
import { requireAppPassword } from './require-app-password.ts'
import { requirePrivilege } from './require-privilege.ts'
import { sendDavError } from './send-error.ts'

const handlers: Record<string, Handler> = {
  ACL: acl,
  OPTIONS: options,
  PROPFIND: propfind,
  PROPPATCH: proppatch,
  REPORT: report,
  MKCOL: mkcol,
  GET: get,
  HEAD: get,
  POST: post,
  PUT: put,
  DELETE: remove,
  COPY: copy,
  MOVE: move,
}
/** Those whose answers are shorter for who prefers that. */
const shortened = new Set(['PROPFIND', 'PROPPATCH', 'REPORT'])
/** All that Node reads, so that the others are refused as WebDAV refuses; CONNECT never comes as a request. */
const methods = METHODS.filter((method) => method !== 'CONNECT')

// Above the largest card, and the largest report: what is larger than those is refused by us.
const bodyLimit = 4 * 1024 * 1024

/** The methods that Node reads and Fastify does not know by itself. */
export function acceptDavMethods(app: FastifyInstance) {
  for (const method of methods) {
    if (!app.supportedMethods.includes(method)) app.addHttpMethod(method, { hasBody: true })
  }
}

/** `/dav/`: address books by CardDAV (RFC 6352). */
export function davRoutes(services: Services): FastifyPluginCallback {
  return (app, _options, done) => {
    app.setErrorHandler(sendDavError)
    app.decorateRequest('dav')
    app.removeAllContentTypeParsers()
    app.addContentTypeParser('*', { parseAs: 'buffer', bodyLimit }, (_request, body, parsed) =>
      parsed(null, body),
    )
    app.addHook('onRequest', (_request, reply, next) => {
      void reply.header('dav', compliance)
      next()
    })
    app.addHook('onRequest', requireAppPassword(services))
    const serve = (placeOf: (path: string, userId: string) => Place | undefined) => ({
      method: methods,
      bodyLimit,
      exposeHeadRoute: false,
      schema: { hide: true },
      handler: ((request, reply) => {
        const account = request.dav
        const path = pathInTarget(request.raw.url ?? '')
        if (hasFragment(path)) throw new DavError(400, 'The address of a request has no fragment.')
        // What is to become a collection may be named as one; where it may be, MKCOL itself says.
        const named = request.method === 'MKCOL' ? path.replace(/\/$/, '') : path
        const place = placeOf(named, account.userId)
        if (!place) throw nothingHere()
        return handle({ services, request, reply, account, place })
      }) satisfies Parameters<FastifyInstance['route']>[0]['handler'],
    })
    app.route({ url: '/dav', ...serve(readPath) })
    app.route({ url: '/dav/*', ...serve(readPath) })
    // Where clients look first (RFC 6764, 5): answered in place, since iOS follows no redirect there.
    for (const at of ['/', '/.well-known/carddav']) {
      app.route({ url: at, ...serve(() => ({ kind: 'root', at })), method: 'PROPFIND' })
    }
    done()
  }
}

async function handle(call: Call) {
  const { method } = call.request
  const { place, reply } = call
  const handler = handlers[method]
  // Where cards are posted, nothing is ever to be read or written (RFC 5995, 3).
  const isElsewhere = method !== 'OPTIONS' && (method === 'POST') !== isMemberPath(place)
  if (!handler || isElsewhere) {
    void reply.header('allow', await allowedAt(call))
    throw new DavError(405, 'The method is not for this resource.')
  }
  requirePrivilege(call)
  requireWholeBody(call)
  if (isMinimalAsked(call.request) && shortened.has(method)) {
    void reply.header('preference-applied', 'return=minimal')
  }
  return handler(call)
}
