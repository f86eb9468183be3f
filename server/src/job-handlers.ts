import { createMailDelivery } from './accounts/mails/delivery.ts'
import { removeExpired } from './cleanup.ts'
import { isReprojectionDue, reproject } from './contacts/reproject.ts'
import { columnsVersion } from './contacts/store/columns.ts'
import { runImportJob } from './imports/run/import-job.ts'
import { propagateLabel } from './labels/propagate-label.ts'
import type { Services } from './services.ts'

/** Starts the work that waits in the database: mails, pictures to remove, old rows to delete. */
export async function startJobs(services: Services): Promise<void> {
  await services.jobs.start({
    mail: createMailDelivery(services),
    'remove-avatar': ({ key }) => services.avatars.remove(key),
    'propagate-label': async ({ labelId, ...author }, signal) => {
      await propagateLabel(services, author, labelId, { signal })
    },
    import: (job, signal) => runImportJob(services, job, signal),
    reproject({ version }, signal) {
      // Thrown, the job is tried again until a process of that version takes it.
      if (version > columnsVersion) throw new Error('Only a newer Kith makes these columns.')
      return reproject(services, columnsVersion, signal)
    },
    async cleanup() {
      await removeExpired(services.database)
      await queueReprojection(services)
    },
  })
  await queueReprojection(services)
}

type Queueing = Pick<Services, 'database' | 'indexState' | 'jobs'>

/** Queues the reprojection of contacts whose columns are of an older version, if there may be any. */
export async function queueReprojection(services: Queueing): Promise<void> {
  if (!(await isReprojectionDue(services, columnsVersion))) return
  const { database, jobs } = services
  await jobs.send(database.write, 'reproject', { version: columnsVersion })
}
