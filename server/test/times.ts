import assert from 'node:assert/strict'

/** Asserts that a time in an answer lies between a moment, in ms since 1970, and now. */
export function expectTimeSince(moment: number, time: string): void {
  const [at, now] = [Date.parse(time), Date.now()]
  assert.ok(moment <= at && at <= now, `${time} is not between ${moment} and ${now}`)
}
