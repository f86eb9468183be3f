import type { Requests } from './requests.ts'

export type Load = {
  requests: Requests
  /** Of servers on the loopback, all loaded at once. */
  ports: number[]
  connections: number
  seconds: number
  /** How often to ask; null is as often as answers come. */
  requestsPerSecond: number | null
  /** How long an answer is known to take at that rate; 0 when nobody knows yet. */
  answerMs: number
}

/** What a load generator saw of its servers. */
export type Answers = {
  requests: number
  seconds: number
  /** All bytes of all answers, headers included. */
  bytes: number
  p50Ms: number
  p99Ms: number
  /** Answers of 400 and above, broken connections, time-outs. */
  errors: number
}

export type LoadGenerator = { name: string; run(load: Load): Promise<Answers> }
