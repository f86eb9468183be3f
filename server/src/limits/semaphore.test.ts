import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { setImmediate as nextTurn } from 'node:timers/promises'
import { AppError } from '../errors.ts'
import { createSemaphore } from './semaphore.ts'

describe('a semaphore', () => {
  it('runs as much at once as it may, and the rest in the order of arrival', async () => {
    const semaphore = createSemaphore({ concurrency: 2, maxQueue: 10 })
    const started: number[] = []
    let running = 0
    let most = 0
    const results = await Promise.all(
      [0, 1, 2, 3, 4, 5].map((number) =>
        semaphore.run(async () => {
          started.push(number)
          most = Math.max(most, ++running)
          await nextTurn()
          running--
          return number * 10
        }),
      ),
    )

    assert.deepEqual(results, [0, 10, 20, 30, 40, 50])
    assert.deepEqual(started, [0, 1, 2, 3, 4, 5])
    assert.equal(most, 2)
  })

  it('refuses at once when the queue is full, and says when to retry', async () => {
    const semaphore = createSemaphore({ concurrency: 1, maxQueue: 1 })
    const gate = Promise.withResolvers<string>()
    const running = semaphore.run(() => gate.promise)
    const queued = semaphore.run(async () => 'second')
    let ran = false

    await assert.rejects(
      semaphore.run(async () => {
        ran = true
      }),
      (error) =>
        error instanceof AppError &&
        error.kind === 'unavailable' &&
        error.code === 'busy' &&
        error.retryAfterSeconds === 2,
    )
    gate.resolve('first')
    assert.deepEqual(await Promise.all([running, queued]), ['first', 'second'])
    assert.equal(ran, false)
  })

  it('frees the place again when the work fails', async () => {
    const semaphore = createSemaphore({ concurrency: 1, maxQueue: 0 })
    await assert.rejects(
      semaphore.run(() => Promise.reject(new Error('broken'))),
      /broken/,
    )
    assert.equal(await semaphore.run(async () => 'works'), 'works')
  })

  it('takes a newcomer only when nobody waits', async () => {
    const semaphore = createSemaphore({ concurrency: 1, maxQueue: 1 })
    const gate = Promise.withResolvers<void>()
    const order: string[] = []
    const first = semaphore.run(() => gate.promise)
    const second = semaphore.run(async () => void order.push('second'))
    gate.resolve()
    await first
    const third = semaphore.run(async () => void order.push('third'))
    await Promise.all([second, third])
    assert.deepEqual(order, ['second', 'third'])
  })
})
