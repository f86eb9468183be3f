import fp from 'fastify-plugin'
import { AppError } from '../errors.ts'

const sampleEveryMs = 500
// One long stall is no overload: at the start, say, it passes.
const maxLateSamples = 2
const retryAfterSeconds = 5
// Probes of supervisors and operators are never shed.
const alwaysAnswered = new Set(['/livez', '/metrics'])

export type OverloadOptions = {
  /** How far the event loop may lag. */
  maxLagMs?: number
}

/**
 * Sheds requests with 503 while the event loop lags by more than a second again and again, so that
 * those already taken are finished.
 */
export const shedLoad = fp<OverloadOptions>((app, { maxLagMs = 1_000 }, done) => {
  let lateSamples = 0
  let dueAt = performance.now() + sampleEveryMs
  const timer = setInterval(() => {
    const now = performance.now()
    lateSamples = now - dueAt > maxLagMs ? lateSamples + 1 : 0
    dueAt = now + sampleEveryMs
  }, sampleEveryMs).unref()
  app.addHook('onClose', async () => clearInterval(timer))

  app.addHook('onRequest', (request, _reply, next) => {
    const isOverloaded = lateSamples >= maxLateSamples
    if (!isOverloaded || alwaysAnswered.has(request.routeOptions.url ?? '')) return next()
    next(
      new AppError('unavailable', 'overloaded', 'The server is busy. Try again soon.', {
        retryAfterSeconds,
      }),
    )
  })
  done()
})
