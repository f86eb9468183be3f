import type { Ask } from '../db/ask.ts'
import type { JobData } from './job-data.ts'
import type { Jobs } from './jobs.ts'

/** The queues whose jobs a backup takes along: the others only repeat what is due anyway. */
const carried = ['mail', 'remove-avatar', 'propagate-label', 'import'] satisfies (keyof JobData)[]

type CarriedQueue = (typeof carried)[number]

/** Whether any server has made the queues of this database. */
export async function hasQueues(ask: Ask): Promise<boolean> {
  const [row] = await ask<{ has: boolean }>(
    `select to_regclass('pgboss.job') is not null as has`,
    [],
  )
  return row?.has === true
}

/** Selects what is left to do as lines of JSON, oldest first; jobs under way are not done yet. */
export const unfinishedJobs = `
  select json_build_object('queue', name, 'data', data)::text as line
  from pgboss.job
  where state < 'completed' and name in (${carried.map((name) => `'${name}'`).join(', ')})
  order by created_on, id`

/**
 * Queues a job that a backup took along.
 * @throws Error when it is of no queue that backups have
 */
export async function sendCarried(jobs: Jobs, ask: Ask, line: string): Promise<void> {
  const { queue, data } = JSON.parse(line) as { queue: CarriedQueue; data: JobData[CarriedQueue] }
  if (!carried.includes(queue)) throw new Error(`there is no queue ${queue}`)
  await jobs.send(ask, queue, data)
}
