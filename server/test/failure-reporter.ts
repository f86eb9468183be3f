import { relative, resolve } from 'node:path'
import type { TestEvent } from 'node:test/reporters'
import { inspect } from 'node:util'

/** How much of what a file wrote to its error output is repeated. */
const lettersKept = 4_000

/**
 * Tells only what failed, why, and what its file wrote to its error output. Read at the end of the whole run:
 * what each pass reports by itself is far above then.
 */
export default async function* report(events: AsyncIterable<TestEvent>): AsyncGenerator<string> {
  const failures: { name: string; file: string; why: unknown }[] = []
  const errorOutput = new Map<string, string>()
  for await (const { type, data } of events) {
    if (type === 'test:stderr') {
      const file = resolve(data.file)
      const written = (errorOutput.get(file) ?? '') + data.message
      errorOutput.set(file, written.slice(-lettersKept))
    }
    if (type === 'test:fail') {
      const { name, file = '', details } = data
      // What failed only because a part of it did has nothing to add.
      if (failureType(details.error) === 'subtestsFailed') continue
      failures.push({ name, file, why: details.error.cause ?? details.error })
    }
  }
  for (const { name, file, why } of failures) {
    yield `✖ ${name} (${relative('.', file)})\n${inspect(why)}\n`
  }
  for (const file of new Set(failures.map((failure) => failure.file))) {
    const written = errorOutput.get(file)
    if (written) yield `${relative('.', file)} wrote:\n${written}\n`
  }
}

function failureType(error: Error): unknown {
  return 'failureType' in error ? error.failureType : undefined
}
