import type { FastifyBaseLogger } from 'fastify'
import { pino, type Logger as PinoLogger } from 'pino'

export type Logger = FastifyBaseLogger & Pick<PinoLogger, 'isLevelEnabled'>

/** JSON lines on stdout, one an event, every value escaped. Nothing secret is ever passed to it. */
export function createLogger(level: string): Logger {
  return pino({ level, base: null, timestamp: pino.stdTimeFunctions.isoTime })
}

/**
 * The same for a framework that makes each request a logger of its own: that would cost as much as
 * finding its route, and nobody uses it.
 */
export function withoutChildren(log: FastifyBaseLogger): FastifyBaseLogger {
  const one: FastifyBaseLogger = Object.create(log, { child: { value: () => one } })
  return one
}
