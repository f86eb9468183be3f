import { setTimeout } from 'node:timers/promises'
import type { Logger } from '../../log.ts'
import { OperatorError } from '../../operator-error.ts'
import { reasonOf } from '../errors.ts'
import { findAddress, newAddress, type Address } from './address.ts'
import { clusterFolder, openCluster } from './cluster.ts'
import { endOrphan } from './orphan.ts'
import { startPostmaster, type Postmaster } from './postmaster.ts'
import { smallMachine } from './settings.ts'

/** PostgreSQL as a child of this process. */
export type Embedded = AsyncDisposable & Pick<Address, 'url'>

const retryAfterMs = 500
// A backend of a PostgreSQL that was killed ends its statement first, and holds the cluster until then.
const patienceMs = 20_000
const isOccupied = /is still in use|lock file "[^"]*" already exists/

/**
 * Starts PostgreSQL in a data folder of which this process has the lock, and starts it again should it
 * be killed. The first time it makes the database.
 * @param more settings of PostgreSQL, beside Kith's own
 * @throws OperatorError when it cannot be started
 */
export async function startEmbedded(
  dataDir: string,
  log: Logger,
  more: Record<string, string> = {},
): Promise<Embedded> {
  const cluster = await openCluster(dataDir)
  const address = await newAddress(cluster.folder)
  const stopping = new AbortController()
  let postmaster = await start().catch((error: unknown) => {
    address[Symbol.dispose]()
    if (error instanceof OperatorError) throw error
    throw new OperatorError(
      `The database in ${cluster.folder} cannot be opened: ${reasonOf(error)}. ` +
        'Mend that, or bring the folder back from a backup.',
      { cause: error },
    )
  })
  const watching = keepRunning()

  async function start(): Promise<Postmaster> {
    const deadline = performance.now() + patienceMs
    for (;;) {
      await endOrphan(cluster, address)
      try {
        const settings = { ...smallMachine, ...address.settings, ...more }
        return await startPostmaster(cluster, settings, log)
      } catch (error) {
        if (!isOccupied.test(reasonOf(error)) || performance.now() > deadline) throw error
        await setTimeout(retryAfterMs)
      }
    }
  }

  async function keepRunning() {
    for (;;) {
      const endedBy = await postmaster.ended
      if (stopping.signal.aborted) return
      log.error({ endedBy }, 'the embedded database ended: it is started again')
      const next = await startAgain()
      if (!next) return
      postmaster = next
    }
  }

  /** Tries until it starts, as when the disk has room again; undefined when Kith stops meanwhile. */
  async function startAgain(): Promise<Postmaster | undefined> {
    let loggedReason = ''
    while (!stopping.signal.aborted) {
      try {
        const next = await start()
        if (!stopping.signal.aborted) return next
        await next.stop()
      } catch (error) {
        const reason = reasonOf(error)
        if (reason !== loggedReason)
          log.error({ reason }, 'the embedded database cannot be started')
        loggedReason = reason
        await setTimeout(retryAfterMs)
      }
    }
    return undefined
  }

  return {
    url: address.url,
    async [Symbol.asyncDispose]() {
      stopping.abort()
      await postmaster.stop()
      await watching
      address[Symbol.dispose]()
    },
  }
}

/**
 * The PostgreSQL that another Kith has started in a data folder.
 * @throws OperatorError when it does not answer
 */
export async function joinEmbedded(dataDir: string): Promise<Embedded> {
  const address = findAddress(clusterFolder(dataDir))
  if (await address.answers())
    return { url: address.url, [Symbol.asyncDispose]: async () => address[Symbol.dispose]() }
  address[Symbol.dispose]()
  throw new OperatorError(
    `Another Kith uses the data folder ${dataDir}, and its database does not answer. ` +
      'If it is just starting, try again; else stop it first.',
  )
}
