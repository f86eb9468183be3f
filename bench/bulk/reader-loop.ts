// A process of its own, so that what it sees is not how busy the rest of the benchmark is. It reads
// every few milliseconds, whether or not the answers before have come, until it is told to stop.
import { once } from 'node:events'
import { Agent, get } from 'node:http'
import { setTimeout } from 'node:timers/promises'

export type ReaderData = { url: string; token: string; paths: string[]; everyMs: number }

const warmUpReads = 20
// More than are ever under way, unless an answer takes a third of a second.
const connections = 64
process.once('disconnect', () => process.exit())
const [{ url, token, paths, everyMs }] = (await once(process, 'message')) as [ReaderData]
const stop = new AbortController()
process.once('message', () => stop.abort())
const agent = new Agent({ keepAlive: true, maxSockets: connections })
const headers = { authorization: `Bearer ${token}` }

for (let round = 0; round < warmUpReads; round++) {
  // All at once, so that no connection is opened while somebody counts the time.
  await Promise.all(Array.from({ length: round === 0 ? connections : 1 }, () => read(round)))
}
process.send?.('ready')
process.send?.(await readUntil(stop.signal))

/** How long each answer took, in ms. */
async function readUntil(end: AbortSignal): Promise<number[]> {
  const reads: Promise<number>[] = []
  let due = performance.now()
  while (!end.aborted) {
    due += everyMs
    const earlyMs = due - performance.now()
    if (earlyMs > 0) await setTimeout(earlyMs)
    const answer = read(reads.length)
    answer.catch(() => {})
    reads.push(answer)
  }
  return Promise.all(reads)
}

function read(count: number): Promise<number> {
  const start = performance.now()
  return new Promise((resolve, reject) => {
    const path = paths[count % paths.length] ?? ''
    const request = get(new URL(path, url), { agent, headers }, (response) => {
      response.resume()
      response.once('end', () => {
        if (response.statusCode === 200) resolve(performance.now() - start)
        else reject(new Error(`GET ${path} was answered ${response.statusCode}`))
      })
      response.once('error', reject)
    })
    request.once('error', reject)
  })
}
