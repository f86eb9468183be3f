import 'fake-indexeddb/auto'
import assert from 'node:assert/strict'
import { contactsOf } from '../../server/test/contacts.ts'
import type { Person } from '../../server/test/people.ts'
import { until } from '../../server/test/until.ts'
import { openAccount, type Account } from '../src/worker/account.ts'
import { Refused } from '../src/worker/api.ts'
import type {
  Conflict,
  Contact,
  ListQuery,
  SyncState,
  Undo,
  Waiting,
  WorkerEvent,
} from '../src/worker/calls.ts'
import { deleteBookDatabase } from '../src/worker/database.ts'
import type { Edits } from '../src/worker/edits.ts'

/** The way to the server, which may be cut. */
export type Network = {
  /** Where the server is. */
  url: string
  /** `down`: nothing arrives. `deaf`: what is sent arrives, and no answer comes back. */
  state: 'up' | 'down' | 'deaf'
  /** What was asked, as `GET /api/changes`. */
  asked: string[]
  /** Answers instead of the server, as a proxy in front of it may. */
  intercept: ((request: Request) => Response | undefined | Promise<Response | undefined>) | null
}

/** Sends what the data worker asks for to a server, in this process. */
export function connect({ url }: { url: string }): Network & Disposable {
  const { fetch } = globalThis
  // Node does not say whether there is a network.
  Object.defineProperty(navigator, 'onLine', { get: () => network.state !== 'down' })
  const network: Network = { url, state: 'up', asked: [], intercept: null }
  globalThis.fetch = async (input, init) => {
    // Those who are no device ask by whole addresses.
    if (typeof input !== 'string' || !input.startsWith('/')) return fetch(input, init)
    const request = new Request(new URL(input, network.url), init)
    if (network.state === 'down') throw new TypeError('there is no network')
    network.asked.push(`${request.method} ${new URL(request.url).pathname}`)
    const answered = await network.intercept?.(request)
    if (answered) return answered
    const response = await fetch(request)
    if (network.state === 'deaf') throw new TypeError('the answer was lost')
    return response
  }
  return Object.assign(network, {
    [Symbol.dispose]: () => {
      globalThis.fetch = fetch
    },
  })
}

/** Does something while nothing arrives, so that no device hears of it. */
export async function unheard<T>(network: Network, work: () => Promise<T>): Promise<T> {
  network.state = 'down'
  try {
    return await work()
  } finally {
    network.state = 'up'
  }
}

/** A tab of the app without its page: what the data worker does, and what it said last. */
export type Tab = AsyncDisposable & {
  account: Account
  edits: Edits
  sync: SyncState
  waiting: Waiting[]
  conflicts: Conflict[]
  events: WorkerEvent[]
  /** The contacts of a list, in its order. */
  list(query?: Partial<ListQuery>): Promise<Contact[]>
  /** Sends and reads until nothing waits. */
  settle(): Promise<void>
}

/** Opens the app as a logged-in person. Several tabs of one person share what is on the device. */
export async function openTab(person: Person): Promise<Tab> {
  const events: WorkerEvent[] = []
  const user = {
    id: await idOf(person),
    username: person.username,
    email: person.email,
    avatar: null,
  }
  const token = async (refused?: string) => {
    if (refused === person.tokens.access_token) throw new Refused(401, 'session_expired', '', null)
    return person.tokens.access_token
  }
  const account = await openAccount(user, token, (event) => {
    events.push(event)
    if (event.type === 'sync') tab.sync = event.state
    if (event.type === 'waiting') tab.waiting = event.changes
    if (event.type === 'conflicts') tab.conflicts = event.conflicts
  })
  const tab: Tab = {
    account,
    edits: await account.edits(),
    sync: { kind: 'up-to-date' },
    waiting: [],
    conflicts: [],
    events,
    async list(query) {
      const everyone = { of: 'all', search: '', notes: false, sort: 'last_name' } as const
      const { slots } = await account.lists({ ...everyone, ...query })
      const ids = [...slots].flatMap((slot) => account.book.state.rows[slot]?.id ?? [])
      return account.book.contacts(ids)
    },
    async settle() {
      account.syncing.setOnline(true)
      await until('everything to be sent', async () => {
        await account.syncing.now()
        return (
          account.book.state.outbox.length === 0 && account.syncing.state().kind === 'up-to-date'
        )
      })
    },
    async [Symbol.asyncDispose]() {
      account.close()
    },
  }
  // There is no screen to wait for.
  account.shown()
  await account.show()
  return tab
}

/** The list of a device is that of the server. */
export async function assertSame(tab: Tab, person: Person): Promise<void> {
  const [here, there] = [await tab.list(), await contactsOf(person)]
  assert.deepEqual(here.toSorted(byId), there.toSorted(byId))
}

function byId(one: { id: string }, other: { id: string }) {
  return one.id < other.id ? -1 : 1
}

/** What the server refused, once it has. */
export function refusalIn(tab: Tab): Promise<Waiting> {
  return until('the refusal', () => tab.waiting.find(({ refusal }) => refusal))
}

/** Takes back a change that waits, and gives back what undoes that. */
export function discard(tab: Tab, { contactId: id, opId }: Waiting): Promise<Undo> {
  return tab.edits.change([{ kind: 'discard', id, opId }])
}

/** Clears what a device keeps of a person's book. */
export async function clearDevice(person: Person): Promise<void> {
  await deleteBookDatabase(await idOf(person))
}

async function idOf(person: Person): Promise<string> {
  return (await person.get('/api/users/me')).json<{ id: string }>().id
}
