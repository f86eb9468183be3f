import assert from 'node:assert/strict'
import { after, describe, it } from 'node:test'
import { setImmediate as nextTurn } from 'node:timers/promises'
import { expectStatus, signUp } from '../../test/people.ts'
import { expectProblem } from '../../test/problems.ts'
import { startServer } from '../../test/server.ts'
import { until } from '../../test/until.ts'

const server = await startServer({}, { maxLagMs: 1_000 })
after(() => server[Symbol.asyncDispose]())
const ada = await signUp(server)

/** Blocks the event loop for more than a second at a time, until aborted. */
async function occupy(signal: AbortSignal) {
  while (!signal.aborted) {
    const end = performance.now() + 1_800
    while (performance.now() < end);
    await nextTurn()
  }
}

describe('a server that cannot keep up', () => {
  it('sheds requests with 503, still says that it lives, and recovers by itself', async () => {
    const work = new AbortController()
    const occupied = occupy(work.signal)
    // This page needs no database, whose queries take seconds while the loop is blocked.
    const isShed = async () => (await server.inject('/')).statusCode === 503
    await until('requests to be shed', isShed, 60_000)

    const origin = 'http://localhost:3000'
    const shed = await ada.get('/api/contacts', { origin })
    expectProblem(shed, 503, 'overloaded')
    assert.equal(shed.headers['retry-after'], '5')
    assert.equal(shed.headers['access-control-allow-origin'], origin)
    expectProblem(await server.inject('/readyz'), 503, 'overloaded')
    expectStatus(await server.inject('/livez'), 200)
    expectStatus(await server.inject('/metrics'), 200)

    work.abort()
    await occupied
    await until('requests to be taken again', async () => !(await isShed()), 60_000)
    expectStatus(await ada.get('/api/contacts'), 200)
  })
})
