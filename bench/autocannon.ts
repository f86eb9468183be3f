import autocannon from 'autocannon'
import type { Answers, Load, LoadGenerator } from './load.ts'
import { counterMark } from './scenarios.ts'

/** Load from this process, for machines without wrk: it takes more of them for itself. */
export const autocannonLoad: LoadGenerator = { name: 'autocannon', run: runAutocannon }

let counter = 0

async function runAutocannon(load: Load): Promise<Answers> {
  const { requests, ports, connections, seconds, requestsPerSecond } = load
  const all = requests.all.map(({ body, ...request }) => ({
    ...request,
    ...(body && { body }),
    ...(body?.includes(counterMark) && { setupRequest: withCounter }),
  }))
  let clients = 0
  const result = await autocannon({
    url: ports.map((port) => `http://127.0.0.1:${port}`),
    connections,
    duration: seconds,
    ...(requestsPerSecond !== null && { overallRate: Math.max(1, Math.round(requestsPerSecond)) }),
    setupClient(client) {
      // Each connection has its own share, so that they do not ask for the same at once.
      const share = Math.ceil(all.length / connections)
      client.setRequests(all.slice(share * clients, share * (clients + 1)))
      clients++
    },
  })
  return {
    requests: result['2xx'] + result.non2xx,
    seconds: result.duration,
    bytes: result.throughput.total,
    p50Ms: result.latency.p50,
    p99Ms: result.latency.p99,
    errors: result.errors + result.timeouts + result.non2xx,
  }
}

function withCounter<T extends { body?: string }>(request: T): T {
  const number = (++counter).toString(16).padStart(counterMark.length, '0')
  return { ...request, body: request.body?.replace(counterMark, number) }
}
