import type { FastifyBaseLogger } from 'fastify'
import { pino, type Logger as PinoLogger } from 'pino'
import { readableLine } from './readable-log.ts'

export type Logger = FastifyBaseLogger & Pick<PinoLogger, 'isLevelEnabled'>

/** `auto`: lines for people on a terminal, JSON where the output goes anywhere else. */
export const logFormats = ['auto', 'text', 'json'] as const
export type LogFormat = (typeof logFormats)[number]

/** One line an event on stdout, every value escaped. Nothing secret is ever passed to it. */
export function createLogger(level: string, format: LogFormat = 'auto'): Logger {
  const options = { level, base: null, timestamp: pino.stdTimeFunctions.isoTime }
  const isReadable = format === 'text' || (format === 'auto' && process.stdout.isTTY)
  if (!isReadable) return pino(options)
  return pino(options, { write: (line) => void process.stdout.write(readableLine(line)) })
}

/**
 * The same for a framework that makes each request a logger of its own: that would cost as much as
 * finding its route, and nobody uses it.
 */
export function withoutChildren(log: FastifyBaseLogger): FastifyBaseLogger {
  const one: FastifyBaseLogger = Object.create(log, { child: { value: () => one } })
  return one
}
