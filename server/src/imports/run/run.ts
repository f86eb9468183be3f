import type { Ask } from '../../db/ask.ts'
import { lockRunning, type Counts } from '../queries.ts'

/** An import that is being worked on, and how far it is. */
export type Run = { ownerId: string; importId: string; done: number }

/** Somebody else works on the import, or it was cancelled: there is nothing more to do. */
export class ImportTakenOver extends Error {
  override name = 'NotOurs'
}

/** Keeps others from the import until the transaction ends. @throws {ImportTakenOver} */
export async function requireRunning(ask: Ask, run: Run) {
  const done = await lockRunning(ask, run)
  if (done !== run.done) throw new ImportTakenOver()
}

export function noCounts(): Counts {
  return { created: 0, updated: 0, same: 0, failed: 0 }
}
