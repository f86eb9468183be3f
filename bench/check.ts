import assert from 'node:assert/strict'
import { BenchError } from './bench-error.ts'
import type { Request } from './requests.ts'
import { counterMark, type Scenario } from './scenarios.ts'
import { numbered, readSql, shapeOf } from './sql.ts'
import type { WireTap } from './wire-tap.ts'

type Answer = { status: number; body: string }

// A job of the server's own may run a statement while we listen.
const tries = 3
let counter = 0

/**
 * The statements that a server sends for one request.
 * @param url a server behind the tap that does nothing else
 * @throws BenchError when it does not answer as the scenario says
 */
export async function listenTo(tap: WireTap, url: string, scenario: Scenario, request: Request) {
  await ask(url, scenario, request)
  let fewest: string[] | undefined
  for (let count = 0; count < tries; count++) {
    tap.take()
    await ask(url, scenario, request)
    const heard = tap.take().filter((statement) => !statement.includes('pgboss'))
    if (!fewest || heard.length < fewest.length) fewest = heard
  }
  return fewest ?? []
}

/** What of it is not as the scenario's file says; empty when all is. */
export function driftOf(scenario: Scenario, sent: string[]): string {
  const files = scenario.sends ? [scenario.sends] : Object.keys(scenario.sql)
  const [file, ...others] = files
  // Several files are a mixture; each of them has a scenario of its own.
  if (others.length > 0) return ''
  const known = file ? readSql(file).map((statement) => shapeOf(numbered(statement))) : []
  const shapes = sent.map(shapeOf)
  if (shapes.join('\n') === known.join('\n')) return ''
  return [
    `${scenario.name}: the server no longer sends what stands in sql/${file ?? '(no file)'}.sql`,
    ...shapes.map((shape) => `  + ${shape}`),
    ...known.map((shape) => `  - ${shape}`),
  ].join('\n')
}

/**
 * Makes sure that the bare route answers with the same bytes, or as many where ids are made.
 * @throws BenchError when it does not
 */
export async function compareAnswers(
  scenario: Scenario,
  { kith, bare }: { kith: string; bare: string },
  request: Request,
): Promise<void> {
  const [ours, theirs] = [await ask(kith, scenario, request), await ask(bare, scenario, request)]
  const plain = ({ body }: Answer) => (scenario.writes ? body.replaceAll(/\w/g, 'x') : body)
  try {
    assert.equal(plain(theirs), plain(ours))
  } catch (error) {
    throw new BenchError(`${scenario.name}: the bare route answers otherwise\n${String(error)}`)
  }
}

async function ask(url: string, { name, status }: Scenario, request: Request): Promise<Answer> {
  const { method, path, headers } = request
  const body = request.body?.replace(counterMark, String(++counter).padStart(8, '0')) ?? null
  const response = await fetch(new URL(path, url), { method, headers, body })
  const answer = { status: response.status, body: await response.text() }
  const isExpected = name === 'mix' ? response.ok : answer.status === status
  if (!isExpected) {
    throw new BenchError(`${name}: ${method} ${path} was answered ${answer.status} ${answer.body}`)
  }
  return answer
}
