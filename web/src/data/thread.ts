import { proxy, wrap } from 'comlink'
import { knownUser } from '../device.ts'
import { catalogueOf } from '../strings/catalogues.ts'
import { chooseLanguage } from '../strings/choose-language.ts'
import { trustedUrl } from '../trusted-url.ts'
import type { DataWorker, SessionState, WorkerEvent } from '../worker/calls.ts'
import workerUrl from '../worker/main.ts?worker&url'

// An entry of its own, which runs while the page still loads what it shows: by then the first rows are here.

type Receive = (event: WorkerEvent) => void

/** The data worker: everything that is known of the book. */
export const worker = wrap<DataWorker>(
  new Worker(trustedUrl(workerUrl), { type: 'module', name: 'kith-data' }),
)

const early: WorkerEvent[] = []
let receive: Receive = (event) => void early.push(event)
const { promise, resolve } = Promise.withResolvers<SessionState>()

/** What the worker first says of the session: `unknown` where the server could not be asked. */
export const firstSession = promise

function hear(event: WorkerEvent) {
  if (event.type === 'session') resolve(event.state)
  receive(event)
}

// What is on this device first, then the session and what is new.
void worker.start(proxy(hear), knownUser())

/** Gives what the worker says, and has said already, to who shows it. */
export function receiveBy(receiver: Receive): void {
  for (const event of early.splice(0)) receiver(event)
  receive = receiver
}

// The first use of ICU in a process takes longer than all later ones; the page would wait for it while it starts.
setTimeout(() => new Intl.NumberFormat())
// The page asks for them once its own code is here; a failure is said there.
catalogueOf(chooseLanguage()).catch(() => {})
