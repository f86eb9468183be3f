import { createInterface } from 'node:readline'
import type { Readable } from 'node:stream'
import type { Logger } from '../../log.ts'

const complaint = /^(?:.* )?(?:initdb: )?(?:ERROR|FATAL|PANIC|error|fatal): +(.+)$/gm
const minuteMs = 60_000

/** What a program of PostgreSQL has complained of last; empty where it did not. */
export function lastComplaint(output: string): string {
  return [...output.matchAll(complaint)].at(-1)?.[1] ?? ''
}

/**
 * Passes on what a server writes to its log: to ours at level debug, but for what ends all its
 * processes, which is told at most once a minute, since with a full disk it tries on and on.
 * @param onReady called when it answers
 * @returns its last complaint, or else its last line
 */
export function followLog(stream: Readable, log: Logger, onReady: () => void): () => string {
  let lastLine = ''
  let complaint = ''
  let toldAt = -Infinity
  createInterface(stream).on('line', (line) => {
    lastLine = line
    complaint = lastComplaint(line) || complaint
    if (line.endsWith('database system is ready to accept connections')) onReady()
    const isTold = line.startsWith('PANIC') && performance.now() - toldAt > minuteMs
    if (isTold) toldAt = performance.now()
    log[isTold ? 'error' : 'debug']({ postgres: line }, 'PostgreSQL')
  })
  return () => complaint || lastLine
}
