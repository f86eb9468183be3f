import type { MessagePort } from 'node:worker_threads'
import type { Export } from './exports/export.ts'
import type { JobData } from './jobs/job-data.ts'
import type { LogFormat } from './log.ts'

/** What the thread for whole books is started with. */
export type Start = {
  url: string
  isOurs: boolean
  isDistributed: boolean
  logLevel: string
  logFormat: LogFormat
}

export type Task =
  | { kind: 'import'; job: JobData['import']; isIndexUpdating: boolean }
  | { kind: 'export'; wanted: Export }

export type ToWorker = { task: Task; port: MessagePort } | 'end'

/** By the port of a task; `more` asks for a chunk of a file. */
export type ToTask = 'more' | 'abort'
export type FromTask = { chunk: Uint8Array } | { error: Error } | 'done'
