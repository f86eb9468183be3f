import { proxy, wrap } from 'comlink'
import { knownUser } from '../device.ts'
import { catalogueOf } from '../strings/catalogues.ts'
import { chooseLanguage } from '../strings/choose-language.ts'
import { trustedUrl } from '../trusted-url.ts'
import type { DataWorker, WorkerEvent } from '../worker/calls.ts'
import workerUrl from '../worker/main.ts?worker&url'

// An entry of its own, which runs while the page still loads what it shows: by then the first rows are here.

type Receive = (event: WorkerEvent) => void

/** The data worker: everything that is known of the book. */
export const worker = wrap<DataWorker>(
  new Worker(trustedUrl(workerUrl), { type: 'module', name: 'kith-data' }),
)

const early: WorkerEvent[] = []
let receive: Receive = (event) => void early.push(event)
let isStarted = false

/** Has the worker show what is on this device, then go online; once. */
function start() {
  if (!isStarted)
    void worker.start(
      proxy((event: WorkerEvent) => receive(event)),
      knownUser(),
    )
  isStarted = true
}

/** Gives what the worker says, and has said already, to who shows it. */
export function receiveBy(receiver: Receive): void {
  for (const event of early.splice(0)) receiver(event)
  receive = receiver
  start()
}

if (knownUser() !== null) start()
// The page asks for them once its own code is here; a failure is said there.
catalogueOf(chooseLanguage()).catch(() => {})
