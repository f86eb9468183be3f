import { once } from 'node:events'
import { Readable } from 'node:stream'
import { MessageChannel, Worker, type MessagePort } from 'node:worker_threads'
import type { FromTask, Start, Task, ToTask, ToWorker } from './bulk-messages.ts'
import type { Export } from './exports/export.ts'
import type { JobData } from './jobs/job-data.ts'

/** A thread for whole books, so that this one answers others meanwhile. It runs only while it is needed. */
export type BulkThread = AsyncDisposable & {
  /** Starts the thread, which takes a fifth of a second, for work that is about to come. */
  warmUp(): void
  /** @throws what the import throws, as an error without its class */
  runImport(job: JobData['import'], isIndexUpdating: boolean, signal: AbortSignal): Promise<void>
  /** The file, as fast as somebody takes it. */
  export(wanted: Export): Readable
}

// Gives back its memory, some 25 MB.
const idleMs = 30_000

export function createBulkThread(start: Start): BulkThread {
  let worker: Worker | null = null
  const ports = new Set<MessagePort>()
  let idle: NodeJS.Timeout | undefined

  function startWorker(): Worker {
    const started = new Worker(new URL('bulk-worker.ts', import.meta.url), { workerData: start })
    started.on('error', () => {})
    started.once('exit', () => {
      if (worker === started) worker = null
    })
    return started
  }

  function awake(): Worker {
    clearTimeout(idle)
    return (worker ??= startWorker())
  }

  function restIfIdle() {
    if (ports.size === 0) idle = setTimeout(() => void end(), idleMs).unref()
  }

  /** Begins a task. Its port closes when the thread is done with it, or ends. */
  function begin(task: Task): MessagePort {
    const { port1: port, port2 } = new MessageChannel()
    ports.add(port)
    port.once('close', () => {
      ports.delete(port)
      restIfIdle()
    })
    awake().postMessage({ task, port: port2 } satisfies ToWorker, [port2])
    return port
  }

  async function end() {
    clearTimeout(idle)
    const ended = worker
    worker = null
    if (!ended) return
    const exit = once(ended, 'exit')
    ended.postMessage('end' satisfies ToWorker, [])
    await exit
  }

  return {
    warmUp() {
      awake()
      restIfIdle()
    },
    runImport: (job, isIndexUpdating, signal) =>
      outcomeOf(begin({ kind: 'import', job, isIndexUpdating }), signal),
    export: (wanted) => streamOf(begin({ kind: 'export', wanted })),
    [Symbol.asyncDispose]: end,
  }
}

function outcomeOf(port: MessagePort, signal: AbortSignal): Promise<void> {
  const { promise, resolve, reject } = Promise.withResolvers<void>()
  const abort = () => post(port, 'abort')
  signal.addEventListener('abort', abort)
  port.on('message', (message: FromTask) => {
    if (message === 'done') resolve()
    else if ('error' in message) reject(message.error)
  })
  port.once('close', () => reject(lost()))
  if (signal.aborted) abort()
  return promise.finally(() => signal.removeEventListener('abort', abort))
}

function streamOf(port: MessagePort): Readable {
  const stream = new Readable({
    read: () => post(port, 'more'),
    destroy(error, done) {
      port.close()
      done(error)
    },
  })
  let isDone = false
  port.on('message', (message: FromTask) => {
    isDone ||= message === 'done'
    if (message === 'done') stream.push(null)
    else if ('error' in message) stream.destroy(message.error)
    else stream.push(message.chunk)
  })
  port.once('close', () => {
    if (!isDone && !stream.destroyed) stream.destroy(lost())
  })
  return stream
}

function post(port: MessagePort, message: ToTask): void {
  port.postMessage(message)
}

function lost(): Error {
  return new Error('The thread for whole books has ended before its work.')
}
