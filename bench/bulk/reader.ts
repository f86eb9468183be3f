import { fork } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'
import type { ReaderData } from './reader-loop.ts'

/** What somebody else saw who read their own contacts meanwhile. */
export type Reads = { p50Ms: number; p99Ms: number; maxMs: number }

export type Reader = { stop(): Promise<Reads> }

/** Starts to read. */
export async function startReader(data: ReaderData): Promise<Reader> {
  const child = fork(fileURLToPath(new URL('reader-loop.ts', import.meta.url)))
  const ended = once(child, 'exit').then(() => {
    throw new Error('reading contacts meanwhile did not work: see above')
  })
  // Told to whoever waits for an answer.
  ended.catch(() => {})
  const answer = async () => (await Promise.race([once(child, 'message'), ended]))[0] as unknown
  child.send(data)
  await answer()
  const answered = answer()
  answered.catch(() => {})
  return {
    async stop() {
      child.send('stop', () => {})
      const latencies = (await answered) as number[]
      child.disconnect()
      return summaryOf(latencies)
    },
  }
}

/** @param latencies in any order */
export function summaryOf(latencies: number[]): Reads {
  const sorted = latencies.toSorted((a, b) => a - b)
  const at = (share: number) => sorted[Math.ceil(share * sorted.length) - 1] ?? 0
  return { p50Ms: at(0.5), p99Ms: at(0.99), maxMs: at(1) }
}
