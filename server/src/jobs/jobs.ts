import { sql } from 'kysely'
import { PgBoss, fromKysely, type Db } from 'pg-boss'
import type { Ask } from '../db/ask.ts'
import type { OpenDatabase } from '../db/database.ts'
import { isDatabaseAway } from '../db/errors.ts'
import type { Logger } from '../log.ts'
import type { JobData } from './job-data.ts'

/** `signal` is aborted when the process stops: a long job then leaves off, and is taken up again. */
export type JobHandlers = {
  [Queue in keyof JobData]: (data: JobData[Queue], signal: AbortSignal) => Promise<void>
}

export type Jobs = {
  /** Queues a job through the caller's statements: in a transaction, a rollback takes it back. */
  send<Queue extends keyof JobData>(ask: Ask, queue: Queue, data: JobData[Queue]): Promise<void>
  /** Makes the queues, so that jobs can be sent where no server has run. */
  prepare(): Promise<void>
  /** Starts working; from here on `handlers` are called in this process. */
  start(handlers: JobHandlers): Promise<void>
  /** Takes no new jobs and waits for those under way, for ten seconds at most. */
  stop(): Promise<void>
}

// Any number will do, as long as every process takes the same; not the one of the migrations.
const schemaLockKey = 7_204_116
// What a process was doing when it was killed is taken up by another once its heartbeat has
// stopped, or by itself when it is the only one.
const heartbeat = { heartbeatSeconds: 30 }
const watch = { superviseIntervalSeconds: 30, monitorIntervalSeconds: 30 }
// A mail that SMTP does not take is tried again after 1, 2, 4 … 60 seconds for about a week.
const retries = { retryLimit: 10_000, retryDelay: 1, retryBackoff: true, retryDelayMax: 60 }
const week = { retentionSeconds: 7 * 86_400, deleteAfterSeconds: 3_600 }
const queues = {
  mail: { ...retries, ...week, ...heartbeat, expireInSeconds: 120 },
  'remove-avatar': { ...retries, ...week, ...heartbeat },
  'propagate-label': { ...retries, ...week, ...heartbeat },
  import: { ...retries, ...week, heartbeatSeconds: 10, expireInSeconds: 20 * 3_600 },
  reproject: { ...retries, ...week, ...heartbeat, expireInSeconds: 20 * 3_600 },
  cleanup: { ...heartbeat, deleteAfterSeconds: 3_600 },
}
const queueNames = Object.keys(queues) as (keyof JobData)[]
/** Queues in which an owner's jobs wait for each other, while those of others go on beside them. */
const takingTurns = new Set<keyof JobData>(['import'])
/** Queues that hold one job: while it waits or is under way, sending another one does nothing. */
const single = new Set<keyof JobData>(['reproject'])

/** Jobs kept in the database itself, so that one commit covers a row and the work it asks for. */
export function createJobs({ db, isOurs }: OpenDatabase, log: Logger): Jobs {
  const boss = new PgBoss({
    db: fromKysely(db),
    ...watch,
    monitorVacuum: false,
    reindex: false,
  })
  const workers = new Map<string, string>()
  const stopping = new AbortController()
  boss.on('error', (error) => {
    // The database logs its own outage, once.
    if (!isDatabaseAway(error)) log.warn({ err: error }, 'the job queue could not be read')
  })

  /** Lets the worker look for jobs as soon as it can, and not only at its next look in a second. */
  function wake(queue: string) {
    const worker = workers.get(queue)
    if (worker) boss.notifyWorker(worker)
  }

  /** In a database of our own, a job that is under way at the start was so when we were killed. */
  async function retryInterrupted(queue: string) {
    const jobs = await boss.findJobs(queue)
    const interrupted = jobs.filter(({ state }) => state === 'active').map(({ id }) => id)
    if (interrupted.length > 0) await boss.fail(queue, interrupted)
  }

  /** Several processes that make pg-boss's schema at once would break each other's transactions. */
  async function oneAtATime<T>(work: () => Promise<T>): Promise<T> {
    return db.connection().execute(async (connection) => {
      await sql`select pg_advisory_lock(${schemaLockKey})`.execute(connection)
      try {
        return await work()
      } finally {
        await sql`select pg_advisory_unlock(${schemaLockKey})`.execute(connection)
      }
    })
  }

  async function prepare() {
    await oneAtATime(() => boss.start())
    for (const queue of queueNames) {
      const policy = single.has(queue) ? 'exclusive' : 'standard'
      await boss.createQueue(queue, { ...queues[queue], policy })
      // Otherwise an existing queue keeps its old options.
      await boss.updateQueue(queue, queues[queue])
    }
  }

  return {
    async send(ask, queue, data) {
      const group = takingTurns.has(queue) && 'ownerId' in data ? { id: data.ownerId } : undefined
      await boss.send(queue, data, { db: executorOf(ask), ...(group && { group }) })
      // The transaction is likely to be committed by then.
      setTimeout(() => wake(queue), 30).unref()
    },
    prepare,
    async start(handlers) {
      await prepare()
      for (const queue of queueNames) {
        if (isOurs) await retryInterrupted(queue)
        const handle = handlers[queue] as (data: object, signal: AbortSignal) => Promise<void>
        const turns = { groupConcurrency: 1, localConcurrency: 2 }
        const options = { pollingIntervalSeconds: 1, ...(takingTurns.has(queue) && turns) }
        workers.set(
          queue,
          await boss.work<object>(queue, options, async ([job]) => {
            // There may be more: a worker takes one for each look.
            wake(queue)
            if (job) await handle(job.data, AbortSignal.any([job.signal, stopping.signal]))
          }),
        )
      }
      await boss.schedule('cleanup', '23 * * * *')
    },
    async stop() {
      stopping.abort()
      try {
        await boss.stop({ graceful: true, timeout: 10_000 })
      } catch (error) {
        log.warn({ err: error }, 'the job queue was not left in order: its jobs are tried again')
      }
    },
  }
}

/** The executor through which pg-boss writes a job. */
function executorOf(ask: Ask): Db {
  return { executeSql: async (text, values = []) => ({ rows: await ask(text, values) }) }
}
