import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { createWallet, type Wallet } from './accounts.ts'
import type { Dataset } from './dataset.ts'
import { userId } from './ids.ts'
import { randomFrom } from './random.ts'
import type { Call, Scenario } from './scenarios.ts'

/** One request as it goes over the wire. */
export type Request = {
  method: string
  path: string
  headers: Record<string, string>
  body: string | undefined
}

/** The requests of a scenario, in memory, and as a file for wrk. */
export type Requests = { all: Request[]; file: string }

export type RequestSource = (scenario: Scenario) => Promise<Requests>

/** A run that needs more comes round to the first one again. */
const preparedRequests = 20_000

/** Well within what is left of a token when it is taken from the wallet. */
const maxAgeMs = 300_000

/**
 * Prepares requests of random users for random contacts, the same in every run, and again before
 * the tokens in them expire.
 * @param folder where the files go
 */
export function createRequestSource(dataset: Dataset, folder: string): RequestSource {
  const wallet = createWallet()
  const held = new Map<string, { requests: Requests; madeAt: number }>()
  return async (scenario) => {
    const kept = held.get(scenario.name)
    if (kept && Date.now() - kept.madeAt < maxAgeMs) return kept.requests
    const madeAt = Date.now()
    const random = randomFrom(1)
    const all = Array.from({ length: preparedRequests }, () => {
      const user = random(dataset.active) * dataset.stride + 1
      return toRequest(scenario.call(user, random), user, wallet)
    })
    const file = join(folder, `${scenario.name}.requests`)
    await writeFile(file, all.map(onTheWire).join('\0'))
    held.set(scenario.name, { requests: { all, file }, madeAt })
    return { all, file }
  }
}

function toRequest({ method, path, body }: Call, user: number, wallet: Wallet): Request {
  const text = body && JSON.stringify(body)
  return {
    method,
    path,
    headers: {
      authorization: `Bearer ${wallet.tokenOf(user)}`,
      // The bare route knows no tokens: it believes this. The server does not look at it.
      'x-owner': userId(user),
      ...(text && { 'content-type': 'application/json' }),
    },
    body: text,
  }
}

function onTheWire({ method, path, headers, body }: Request): string {
  const length: Record<string, string> = body
    ? { 'content-length': String(Buffer.byteLength(body)) }
    : {}
  const lines = Object.entries({ host: '127.0.0.1', ...headers, ...length }).map(
    ([name, value]) => `${name}: ${value}\r\n`,
  )
  return `${method} ${path} HTTP/1.1\r\n${lines.join('')}\r\n${body ?? ''}`
}
