import underPressure from '@fastify/under-pressure'
import type { FastifyInstance } from 'fastify'
import fp from 'fastify-plugin'
import { AppError } from '../errors.ts'

// A mean over a second. Much lower, and a slow machine sheds while the embedded database works.
const maxEventLoopDelayMs = 5_000
const retryAfterSeconds = 5
// What tells a supervisor to end us, and an operator what goes on.
const alwaysAnswered = new Set(['/livez', '/metrics'])

/** Sheds requests with 503 while the event loop lags, so that those already taken are finished. */
export const shedLoad = fp((app: FastifyInstance) =>
  app.register(underPressure, {
    maxEventLoopDelay: maxEventLoopDelayMs,
    async pressureHandler({ routeOptions }) {
      if (alwaysAnswered.has(routeOptions.url ?? '')) return
      throw new AppError('unavailable', 'overloaded', 'The server is busy. Try again soon.', {
        retryAfterSeconds,
      })
    },
  }),
)
