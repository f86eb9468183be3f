import { setTimeout } from 'node:timers/promises'

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
