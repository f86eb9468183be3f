import { Readable } from 'node:stream'
import type { Services } from '../services.ts'
import type { Export } from './export.ts'
import { exported } from './exported.ts'
import { hasMoreChanges } from './queries.ts'

// To start a thread costs as much as to export some thousands.
const changesWithoutThread = 1_000

/** A file to be sent: a large book is exported in a thread, so that others are answered meanwhile. */
export async function exportStream(
  services: Pick<Services, 'database' | 'bulk'>,
  wanted: Export,
): Promise<Readable> {
  const { database, bulk } = services
  const isLarge = await hasMoreChanges(database.read, wanted.ownerId, changesWithoutThread)
  return isLarge
    ? bulk.export(wanted)
    : Readable.from(exported(database.read, wanted), { objectMode: false })
}
