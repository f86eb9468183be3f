import assert from 'node:assert/strict'
import { setTimeout } from 'node:timers/promises'
import { isDeepStrictEqual } from 'node:util'

/**
 * Asks again and again until there is an answer: what tests do instead of sleeping.
 * @param what the thing waited for, in the words of the error
 * @throws Error when `probe` still answers undefined or false after `withinMs`
 */
export async function until<T>(
  what: string,
  probe: () => T | undefined | false | Promise<T | undefined | false>,
  withinMs = 30_000,
): Promise<T> {
  const deadline = performance.now() + withinMs
  do {
    const answer = await probe()
    if (answer !== undefined && answer !== false) return answer
    await setTimeout(5)
  } while (performance.now() < deadline)
  throw new Error(`waited ${withinMs} ms in vain for ${what}`)
}

/**
 * Reads again and again until what comes is as expected: for what is right a moment later.
 * @throws AssertionError with what came last when it is another thing after `withinMs`
 */
export async function untilEqual<T>(
  read: () => T | Promise<T>,
  expected: NoInfer<T>,
  withinMs = 30_000,
): Promise<void> {
  const deadline = performance.now() + withinMs
  let seen = await read()
  while (!isDeepStrictEqual(seen, expected) && performance.now() < deadline) {
    await setTimeout(5)
    seen = await read()
  }
  assert.deepEqual(seen, expected)
}
