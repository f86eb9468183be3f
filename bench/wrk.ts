import { execFile } from 'node:child_process'
import { randomInt } from 'node:crypto'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { flags } from './flags.ts'
import type { Answers, Load, LoadGenerator } from './load.ts'

const script = fileURLToPath(new URL('wrk.lua', import.meta.url))
// Eight hex digits, as many as the mark in the requests has characters.
const counterStarts = 2 ** 32

/** Load by wrk, which costs the machine little beside what it measures. */
export function wrkLoad(program: string): LoadGenerator {
  return { name: 'wrk', run: (load) => runWrk(program, load) }
}

async function runWrk(program: string, load: Load): Promise<Answers> {
  const { requests, ports, connections, seconds, requestsPerSecond, answerMs } = load
  // wrk has no rate. Pauses of the connections make one.
  const roundMs = requestsPerSecond === null ? 0 : (1000 * connections) / requestsPerSecond
  const thinkMs = Math.max(0, roundMs - answerMs)
  const { stdout } = await promisify(execFile)(
    program,
    [
      ...flags({
        threads: ports.length,
        connections: Math.max(connections, ports.length),
        duration: `${seconds}s`,
        timeout: '10s',
        script,
      }),
      `http://127.0.0.1:${ports[0]}`,
    ],
    {
      env: {
        BENCH_REQUESTS: requests.file,
        BENCH_PORTS: ports.join(' '),
        BENCH_THINK_MS: String(thinkMs),
        BENCH_COUNTER: String(randomInt(counterStarts)),
      },
    },
  )
  const line = stdout.split('\n').find((line) => line.startsWith('{'))
  if (!line) throw new Error(`wrk printed no result:\n${stdout}`)
  const { microseconds, p50, p99, ...result } = JSON.parse(line) as Record<Figure, number>
  return {
    ...result,
    seconds: microseconds / 1e6,
    p50Ms: p50 / 1e3,
    p99Ms: p99 / 1e3,
  }
}

type Figure = 'requests' | 'bytes' | 'errors' | 'microseconds' | 'p50' | 'p99'
