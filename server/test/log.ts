import { pino } from 'pino'
import type { Logger } from '../src/log.ts'

export type TestLog = { log: Logger; lines: string[] }

/** A log that prints nothing and keeps its JSON lines to be looked at. */
export function keepLog(level = 'debug'): TestLog {
  const lines: string[] = []
  return { log: pino({ level, base: null }, { write: (line) => void lines.push(line) }), lines }
}
