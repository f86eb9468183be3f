import type { TypeBoxTypeProvider } from '@fastify/type-provider-typebox'
import Fastify, { LogController, type FastifyBaseLogger, type FastifyInstance } from 'fastify'
import { accessKeyRoutes } from './accounts/access-keys/routes.ts'
import { browserRoutes } from './accounts/browser/routes.ts'
import { emailChangeRoutes } from './accounts/email-change/routes.ts'
import { userRoutes } from './accounts/me-routes.ts'
import { accountPages } from './accounts/pages/routes.ts'
import { passwordRoutes } from './accounts/passwords/routes.ts'
import { sessionRoutes } from './accounts/sessions/routes.ts'
import { accountRoutes } from './accounts/sign-up-routes.ts'
import { apiFormats } from './api-formats.ts'
import { namedSchemas } from './api-schemas.ts'
import { avatarRoutes } from './avatars/routes.ts'
import { batchRoutes } from './batch/routes.ts'
import { birthdayRoutes } from './birthdays/routes.ts'
import { calendarRoutes } from './calendar/routes.ts'
import { changeRoutes } from './changes/routes.ts'
import { oneContactRoutes } from './contacts/one-contact-routes.ts'
import { contactRoutes } from './contacts/routes.ts'
import { rootPath } from './dav/paths.ts'
import { acceptDavMethods, davRoutes } from './dav/routes.ts'
import { sendDavError } from './dav/send-error.ts'
import { wellKnownRoutes } from './dav/well-known-routes.ts'
import { duplicateRoutes } from './duplicates/routes.ts'
import { exportRoutes } from './exports/routes.ts'
import { healthRoutes } from './health/routes.ts'
import { historyRoutes } from './history/routes.ts'
import { refuseBrokenRequest, requireHost } from './http/broken-request.ts'
import { compressAnswers } from './http/compression.ts'
import { refuseCompressedBodies } from './http/content-encoding.ts'
import { allowOriginOf, allowOrigins } from './http/cors.ts'
import { documentRefusals } from './http/documented-refusals.ts'
import { closeIdleConnections } from './http/idle-connections.ts'
import { acceptJson } from './http/json-body.ts'
import { collectMethods } from './http/method-not-allowed.ts'
import { openApi } from './http/openapi.ts'
import { shedLoad, type OverloadOptions } from './http/overload.ts'
import { sendProblem } from './http/problem.ts'
import { refuseBrokenQueries } from './http/query-encoding.ts'
import { newRequestId } from './http/request-id.ts'
import { observeRequests } from './http/request-log.ts'
import { securityHeaders } from './http/security-headers.ts'
import { refuseSlowRequests, slowestUploadMs } from './http/slow-requests.ts'
import { watchForUnknownProxy } from './http/unknown-proxy.ts'
import { useValidation } from './http/validation.ts'
import { importRoutes } from './imports/routes.ts'
import { importStreamRoutes } from './imports/stream-routes.ts'
import { labelRoutes } from './labels/routes.ts'
import { withoutChildren } from './log.ts'
import { mergeRoutes } from './merges/routes.ts'
import { assetRoutes } from './pages/asset-routes.ts'
import { wantsHtml } from './pages/layout.ts'
import { sendProblemPage } from './pages/problem-page.ts'
import { findWebApp, serveWebApp, type WebApp } from './pages/web-app.ts'
import { welcomeRoute } from './pages/welcome.ts'
import { photoRoutes } from './photos/routes.ts'
import { preferenceRoutes } from './preferences/routes.ts'
import type { Services } from './services.ts'
import { trashRoutes } from './trash/routes.ts'

/**
 * The HTTP server with every route, ready to listen, or to answer `inject` in tests.
 * @param webApp null for the API and the pages of mails alone
 */
export async function createApp(
  services: Services,
  overload: OverloadOptions = {},
  webApp: WebApp | null = findWebApp(),
): Promise<FastifyInstance> {
  const { config, log } = services
  const securityHeadersOf = securityHeaders(config)
  // Widened, so that the app is of Fastify's own type.
  const loggerInstance: FastifyBaseLogger = withoutChildren(log)
  const app = Fastify({
    loggerInstance,
    logController: new LogController({ disableRequestLogging: true }),
    genReqId: newRequestId,
    trustProxy: config.trustProxy.length > 0 ? config.trustProxy : false,
    bodyLimit: 1024 * 1024,
    requestTimeout: slowestUploadMs,
    // How often Node closes requests that are too slow; its default of 30 s would double both limits.
    // Without a Host it would answer before our headers are on the answer: `requireHost` does.
    http: {
      headersTimeout: 10_000,
      connectionsCheckingInterval: 2_000,
      requireHostHeader: false,
    },
    // As long as a path may be: the schemas limit the parameters.
    routerOptions: { ignoreTrailingSlash: true, maxParamLength: 16 * 1024 },
    frameworkErrors: (error, request, reply) => {
      void reply.headers(securityHeadersOf(request.url))
      allowOriginOf(config, request, reply)
      const send = request.url.startsWith(rootPath) ? sendDavError : sendProblem
      return send(error, request, reply)
    },
    clientErrorHandler: refuseBrokenRequest,
    forceCloseConnections: 'idle',
    // Its own refusal is no problem document; who still comes on an open connection is answered.
    return503OnClosing: false,
  }).withTypeProvider<TypeBoxTypeProvider>()

  closeIdleConnections(app)
  app.setErrorHandler(sendProblem)
  app.decorateRequest('user')
  observeRequests(app, services)
  watchForUnknownProxy(app, services)
  acceptJson(app)
  acceptDavMethods(app)
  for (const schema of namedSchemas) app.addSchema(schema)
  useValidation(app, namedSchemas, apiFormats)
  app.setSerializerCompiler(() => JSON.stringify)
  documentRefusals(app)
  const methods = collectMethods(app)
  app.setNotFoundHandler((request, reply) => {
    const refusal = methods.refusal(request, reply)
    const isForPeople = wantsHtml(request) && !request.url.startsWith('/api/')
    return (isForPeople ? sendProblemPage : sendProblem)(refusal, request, reply)
  })

  app.addHook('onRequest', (request, reply, next) => {
    void reply.headers(securityHeadersOf(request.url))
    next()
  })
  await app.register(allowOrigins(config))
  requireHost(app)
  refuseCompressedBodies(app)
  refuseBrokenQueries(app)
  compressAnswers(app)
  await app.register(refuseSlowRequests)
  await app.register(shedLoad, overload)
  await app.register(openApi(services, apiFormats))

  await app.register(accountRoutes(services))
  await app.register(sessionRoutes(services))
  await app.register(browserRoutes(services))
  await app.register(passwordRoutes(services))
  await app.register(userRoutes(services))
  await app.register(accessKeyRoutes(services))
  await app.register(emailChangeRoutes(services))
  await app.register(preferenceRoutes(services))
  await app.register(avatarRoutes(services))
  await app.register(contactRoutes(services))
  await app.register(oneContactRoutes(services))
  await app.register(birthdayRoutes(services))
  await app.register(trashRoutes(services))
  await app.register(mergeRoutes(services))
  await app.register(historyRoutes(services))
  await app.register(labelRoutes(services))
  await app.register(photoRoutes(services))
  await app.register(importRoutes(services))
  await app.register(importStreamRoutes(services))
  await app.register(exportRoutes(services))
  await app.register(duplicateRoutes(services))
  await app.register(changeRoutes(services))
  await app.register(calendarRoutes(services))
  await app.register(batchRoutes(services))
  await app.register(davRoutes(services))
  await app.register(wellKnownRoutes)
  await app.register(healthRoutes(services))
  await app.register(assetRoutes)
  await app.register(welcomeRoute(services, webApp))
  await app.register(accountPages(services, webApp))
  if (webApp) await serveWebApp(app, webApp, config)
  methods.close()
  await app.ready()
  return app
}
