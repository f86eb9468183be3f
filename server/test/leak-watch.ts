import { after } from 'node:test'

/** Ample: the servers of the file may still be stopping, on a machine that is busy. */
const patienceMs = 60_000

// Loaded before each test file: one that leaves a resource open would otherwise never end.
if (process.env['NODE_TEST_CONTEXT']) {
  after(() => {
    const giveUp = () => {
      console.error(`left open: ${process.getActiveResourcesInfo().join(', ')}`)
      process.exit(1)
    }
    setTimeout(giveUp, patienceMs).unref()
  })
}
