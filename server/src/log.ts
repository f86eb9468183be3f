import { pino, type Logger as PinoLogger } from 'pino'
import type { FastifyBaseLogger } from 'fastify'

export type Logger = FastifyBaseLogger & Pick<PinoLogger, 'isLevelEnabled'>

/** JSON lines on stdout, one an event, every value escaped. Nothing secret is ever passed to it. */
export function createLogger(level: string): Logger {
  return pino({ level, base: null, timestamp: pino.stdTimeFunctions.isoTime })
}
