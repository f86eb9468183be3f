import assert from 'node:assert/strict'

const rounds = 5

const growth = 8
// Linear work takes 8 times as long for 8 times the input, quadratic work 64 times.
const maxRatio = 32

/**
 * How many times as long `work` takes as `other`: unlike a duration, this hardly depends on the
 * machine. The fastest run of each counts, since other programs slow down some of them.
 */
export async function timeRatio(work: () => unknown, other: () => unknown): Promise<number> {
  const fastest = { work: Infinity, other: Infinity }
  for (let round = 0; round < rounds; round++) {
    fastest.work = Math.min(fastest.work, await timeOf(work))
    fastest.other = Math.min(fastest.other, await timeOf(other))
  }
  return fastest.work / fastest.other
}

/**
 * Asserts that work takes time in proportion to the size of its input, or less.
 * @param what the input, in the words of the error
 * @param inputOf makes an input of a size
 * @param size of the largest input
 */
export async function expectLinear<Input>(
  what: string,
  inputOf: (size: number) => Input,
  work: (input: Input) => unknown,
  size: number,
): Promise<void> {
  const [large, small] = [inputOf(size), inputOf(size / growth)]
  const ratio = await timeRatio(
    () => work(large),
    () => work(small),
  )
  assert.ok(ratio < maxRatio, `${growth} times the input took ${ratio} times as long: ${what}`)
}

/** In ms. */
async function timeOf(work: () => unknown): Promise<number> {
  const start = performance.now()
  await work()
  return performance.now() - start
}
