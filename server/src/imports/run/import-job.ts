import type { Services } from '../../services.ts'
import { findImport } from '../queries.ts'
import { runImport, type Importing, type ImportJob } from './run-import.ts'

// To start a thread costs as much as to import some hundred contacts.
const octetsWithoutThread = 256 * 1024

/** Runs an import or its undoing, of a large file in a thread, so that others are answered meanwhile. */
export async function runImportJob(
  services: Importing & Pick<Services, 'bulk'>,
  job: ImportJob,
  signal: AbortSignal,
): Promise<void> {
  const { database, bulk, indexState } = services
  const row = await findImport(database.read, job.ownerId, job.importId)
  return row && row.octets > octetsWithoutThread
    ? bulk.runImport(job, indexState.isUpdating, signal)
    : runImport(services, job, signal)
}
