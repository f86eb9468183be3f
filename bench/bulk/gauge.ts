import { setTimeout } from 'node:timers/promises'
import type { Wallet } from '../accounts.ts'
import type { Dataset } from '../dataset.ts'
import { contactId } from '../ids.ts'
import type { NodeProcess } from '../node-process.ts'
import {
  canMeasureProcesses,
  cpuSeconds,
  ownChildren,
  waitedSeconds,
  watchResident,
} from '../proc.ts'
import { startReader } from './reader.ts'

/** One measurement; null is what does not exist there, or cannot be measured on this system. */
export type BulkFigures = {
  contactsPerSecond: number | null
  megabytesPerSecond: number | null
  /** Of somebody else's reads meanwhile. */
  readP50Ms: number
  readP99Ms: number
  readMaxMs: number
  /** For how much of the time the server's main thread waited for a core, of 1. */
  waited: number | null
  /** CPU time of the server, per contact. */
  cpuMicros: number | null
  /** CPU time of PostgreSQL and Redis together, per contact. */
  databaseCpuMicros: number | null
  /** The highest of the server meanwhile. */
  residentMb: number | null
}

/** How much work was done in which time. */
export type Done = { contacts: number; megabytes: number | null; seconds: number }

export type Gauge = {
  /** @param isServers whether the server does the work, so that CPU and memory are of it */
  measure(work: () => Promise<Done>, isServers: boolean): Promise<BulkFigures>
  /** What there is when only the reader asks. */
  measureRest(): Promise<BulkFigures>
}

/** The user who reads meanwhile. */
const readingUser = 1
const everyMs = 5
const restSeconds = 3

/** Watches a server while it, or another program beside it, does bulk work. */
export function createGauge(kith: NodeProcess, dataset: Dataset, wallet: Wallet): Gauge {
  // In no order, so that a cache of the processor's does not stand for one of the server's.
  const paths = Array.from({ length: dataset.contacts }, (_, index) => {
    const contact = (index * 73) % dataset.contacts
    return `/api/contacts/${contactId(readingUser, contact)}`
  })

  async function measure(work: () => Promise<Done>, isServers: boolean): Promise<BulkFigures> {
    const token = wallet.tokenOf(readingUser)
    const reader = await startReader({ url: kith.url, token, paths, everyMs })
    const databases = ownChildren(['postgres', 'redis-server', 'valkey-server'])
    using memory = watchResident([kith.pid])
    const [cpuBefore, databaseBefore] = [cpuSeconds([kith.pid]), cpuSeconds(databases)]
    const [start, waitedBefore] = [performance.now(), waitedSeconds(kith.pid)]
    const { contacts, megabytes, seconds } = await work()
    const waited = (waitedSeconds(kith.pid) - waitedBefore) / ((performance.now() - start) / 1_000)
    const [cpuAfter, databaseAfter] = [cpuSeconds([kith.pid]), cpuSeconds(databases)]
    const reads = await reader.stop()
    const microsEach = (used: number) =>
      canMeasureProcesses && contacts > 0 ? (used * 1e6) / contacts : null
    return {
      contactsPerSecond: contacts > 0 ? contacts / seconds : null,
      megabytesPerSecond: megabytes === null ? null : megabytes / seconds,
      readP50Ms: reads.p50Ms,
      readP99Ms: reads.p99Ms,
      readMaxMs: reads.maxMs,
      waited: canMeasureProcesses ? waited : null,
      cpuMicros: isServers ? microsEach(cpuAfter - cpuBefore) : null,
      databaseCpuMicros: microsEach(databaseAfter - databaseBefore),
      residentMb: isServers && canMeasureProcesses ? memory.highestMb() : null,
    }
  }

  async function rest(): Promise<Done> {
    await setTimeout(restSeconds * 1_000)
    return { contacts: 0, megabytes: null, seconds: restSeconds }
  }

  return {
    measure,
    async measureRest() {
      // The first time, code is compiled.
      await measure(rest, true)
      return measure(rest, true)
    },
  }
}
