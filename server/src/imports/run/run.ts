import type { Ask } from '../../db/ask.ts'
import type { Counts } from '../import-row.ts'
import { lockRunning } from './run-queries.ts'

/** An import that is being worked on; `done` is how many of its entries are. */
export type Run = { ownerId: string; importId: string; done: number }

/** Another run works on the import, or it was cancelled: this one leaves off. */
export class ImportTakenOver extends Error {
  override name = 'ImportTakenOver'
}

/** Locks the import until the transaction ends. @throws {ImportTakenOver} */
export async function requireRunning(ask: Ask, run: Run) {
  const done = await lockRunning(ask, run)
  if (done !== run.done) throw new ImportTakenOver()
}

export function noCounts(): Counts {
  return { created: 0, updated: 0, same: 0, failed: 0 }
}
