import { runImport } from './imports/run/run-import.ts'
import { createMailDelivery } from './accounts/mails/delivery.ts'
import { propagateLabel } from './labels/propagate-label.ts'
import type { Services } from './services.ts'
import { removeExpired } from './cleanup.ts'

/** Starts the work that waits in the database: mails, pictures to remove, old rows to delete. */
export function startJobs(services: Services): Promise<void> {
  return services.jobs.start({
    mail: createMailDelivery(services),
    'remove-avatar': ({ key }) => services.avatars.remove(key),
    'propagate-label': async ({ labelId, ...author }, signal) => {
      await propagateLabel(services, author, labelId, { signal })
    },
    import: (job, signal) => runImport(services, job, signal),
    cleanup: () => removeExpired(services.database),
  })
}
