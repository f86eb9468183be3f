import type { Config } from '../../config.ts'
import { judgeClock } from './database.ts'
import { findingsOf, reasonOf, type Finding } from './finding.ts'

const { ok, warning } = findingsOf('Server')
const answerWithinMs = 5_000

/** Whether it runs, and can be reached as people do. */
export async function checkServer({ host, port, publicUrl }: Config): Promise<Finding[]> {
  const own = host === '0.0.0.0' || host === '::' ? 'localhost' : host
  const address = new URL(`http://${own.includes(':') ? `[${own}]` : own}:${port}`)
  const direct = await ask(address)
  if (direct instanceof Error) return [ok(`does not run, or not at ${address.origin}`)]
  if (publicUrl.origin === address.origin) return [ok(`runs at ${address.origin}`)]
  const before = Date.now()
  const outside = await ask(publicUrl)
  if (outside instanceof Error) {
    return [
      warning(
        `runs, but does not answer at ${publicUrl.origin}: ${reasonOf(outside.cause ?? outside)}`,
        'see whether the proxy runs and leads here; from this machine it may be out of reach',
      ),
    ]
  }
  const date = Date.parse(outside.headers.get('date') ?? '')
  const answer = ok(`runs, and answers at ${publicUrl.origin}`)
  // Dates in HTTP are whole seconds.
  return Number.isNaN(date) ? [answer] : [answer, judgeClock('the proxy', date + 500, before)]
}

async function ask(base: URL): Promise<Response | Error> {
  try {
    const signal = AbortSignal.timeout(answerWithinMs)
    const answer = await fetch(new URL('livez', base), { signal, redirect: 'manual' })
    return answer.ok ? answer : new Error(`it answers ${answer.status}`)
  } catch (error) {
    return error instanceof Error ? error : new Error(String(error))
  }
}
