import { once } from 'node:events'
import { isMainThread, parentPort, workerData, type MessagePort } from 'node:worker_threads'
import type { FromTask, Start, Task, ToTask, ToWorker } from './bulk-messages.ts'
import { openConnections } from './db/connections.ts'
import { exported } from './exports/exported.ts'
import { runImport } from './imports/run/run-import.ts'
import { createTurns } from './limits/turns.ts'
import { createLogger } from './log.ts'

// Chunks that are made before the first is asked for, so that neither thread waits for the other.
const chunksAhead = 4

// Only imported, it is compiled and kept for the first start.
if (!isMainThread && parentPort) work(parentPort, workerData as Start)

function work(parent: MessagePort, { url, isOurs, isDistributed, logLevel, logFormat }: Start) {
  const log = createLogger(logLevel, logFormat)
  const database = openConnections(url, log, { isOurs, isDistributed, poolSize: 2 })
  const services = { database, log, turns: createTurns() }
  const metrics = { reprojected: { inc() {} } }

  async function run(task: Task, port: MessagePort) {
    if (task.kind === 'export') return send(exported(database.read, task.wanted), port)
    const { job, isIndexUpdating: isUpdating } = task
    const doing = { ...services, metrics, indexState: { isUpdating } }
    return runImport(doing, job, abortSignalOf(port))
  }

  parent.on('message', async (message: ToWorker) => {
    if (message === 'end') {
      parent.close()
      return database[Symbol.asyncDispose]()
    }
    const { task, port } = message
    try {
      await run(task, port)
      port.postMessage('done' satisfies FromTask)
    } catch (error) {
      port.postMessage({ error: error instanceof Error ? error : new Error(String(error)) })
    }
    port.close()
  })
}

function abortSignalOf(port: MessagePort): AbortSignal {
  const controller = new AbortController()
  port.on('message', (message: ToTask) => {
    if (message === 'abort') controller.abort()
  })
  return controller.signal
}

/** Sends chunks as they are asked for; if nobody wants them any more, the rest is not made. */
async function send(chunks: AsyncIterable<Uint8Array<ArrayBuffer>>, port: MessagePort) {
  const { signal } = closingOf(port)
  let wanted = chunksAhead
  port.on('message', (message: ToTask) => {
    if (message === 'more') wanted++
  })
  for await (const chunk of chunks) {
    signal.throwIfAborted()
    if (wanted === 0) await once(port, 'message', { signal })
    wanted--
    port.postMessage({ chunk }, [chunk.buffer])
  }
}

function closingOf(port: MessagePort): AbortController {
  const controller = new AbortController()
  port.once('close', () => controller.abort())
  return controller
}
