import assert from 'node:assert/strict'
import { it } from 'node:test'
import { setImmediate } from 'node:timers/promises'
import { createPace } from './pace.ts'

it('others run after each slice, however many workers have much to do', async () => {
  const events: string[] = []
  async function work() {
    const pace = createPace()
    for (let slice = 0; slice < 4; slice++) {
      spendSlice()
      await pace()
      events.push('slice')
    }
  }
  const workers = Array.from({ length: 3 }, work)
  for (let round = 0; round < 20; round++) {
    await setImmediate()
    events.push('others')
  }
  await Promise.all(workers)
  assert.equal(events.filter((event) => event === 'slice').length, 12)
  assert.doesNotMatch(events.join(' '), /slice slice/)
})

function spendSlice() {
  const end = performance.now() + 3
  while (performance.now() < end);
}
