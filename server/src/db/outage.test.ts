import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { keepLog } from '../../test/log.ts'
import { watchForOutage } from './outage.ts'

const away = Object.assign(new Error('connect ECONNREFUSED'), { code: 'ECONNREFUSED' })
const busy = new Error('timeout exceeded when trying to connect')

/** What the log says when connections are taken with these results, one after the other. */
async function toldOf(results: ('connection' | Error)[]): Promise<string[]> {
  const { log, lines } = keepLog()
  const queue = [...results]
  const watch = watchForOutage(log)
  const connect = () =>
    watch(async () => {
      const result = queue.shift()
      if (result instanceof Error) throw result
      return result
    })
  for (const result of results) {
    if (result instanceof Error) await assert.rejects(connect(), result)
    else assert.equal(await connect(), result)
  }
  return lines.map((line) => (JSON.parse(line) as { msg: string }).msg)
}

describe('an outage of the database', () => {
  it('is told once, and so is its end', async () => {
    const told = await toldOf(['connection', away, away, away, 'connection', 'connection', away])
    assert.deepEqual(told, [
      'the database is away: answering 503 until it is back',
      'the database is back',
      'the database is away: answering 503 until it is back',
    ])
  })

  it('does not begin anew with an attempt from before its end', async () => {
    const { log, lines } = keepLog()
    const watch = watchForOutage(log)
    await assert.rejects(watch(() => Promise.reject(away)))
    const late = Promise.withResolvers<never>()
    const attempt = watch(() => late.promise)
    await watch(() => Promise.resolve('connection'))
    late.reject(away)
    await assert.rejects(attempt, away)
    assert.equal(lines.length, 2, lines.join(''))
  })

  it('is not a pool that is busy, or an error of another kind', async () => {
    assert.deepEqual(await toldOf([busy, 'connection', new Error('password?'), 'connection']), [])
  })
})
