// As in all other measurements, a server that has just started is given time to compile what it does often.
const warmUpMs = 2_000

/** The middle of the times that some work takes, in ms, after a warm-up of one time at least. */
export async function medianOf(run: () => Promise<unknown>, count: number): Promise<number> {
  const warmAt = performance.now() + warmUpMs
  do await run()
  while (performance.now() < warmAt)
  const measured: number[] = []
  for (let at = 0; at < count; at++) {
    const start = performance.now()
    await run()
    measured.push(performance.now() - start)
  }
  measured.sort((a, b) => a - b)
  return measured[Math.floor(measured.length / 2)] ?? 0
}
