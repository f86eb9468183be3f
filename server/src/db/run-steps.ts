import type { AskOne } from './ask.ts'
import type { Value, Write } from './steps.ts'

type Row = Record<string, unknown>

/**
 * Runs the steps of a write one by one; to be called in a transaction.
 * @param ask runs one statement
 */
export async function runSteps<Answer extends object>(
  ask: AskOne,
  { steps, answer }: Write,
  given: unknown[],
): Promise<Answer[]> {
  const done = new Map<string, Row[]>()
  const rowsOf = (name: string) => done.get(name) ?? []
  const resolve = (value: Value) => {
    if ('at' in value) return given[value.at]
    if ('column' in value) return rowsOf(value.step)[0]?.[value.column]
    return JSON.stringify(rowsOf(value.step))
  }
  for (const { name, text, values, needs, avoids } of steps) {
    const isDue =
      needs.every((one) => rowsOf(one).length > 0) &&
      avoids.every((one) => rowsOf(one).length === 0)
    done.set(name, isDue ? await ask(text, values.map(resolve)) : [])
  }
  return rowsOf(answer) as Answer[]
}
