import { Readable } from 'node:stream'
import { setTimeout } from 'node:timers/promises'
import { isStillLetIn, type Follower } from '../accounts/sessions/credential.ts'
import type { Services } from '../services.ts'
import { positionAt } from './changes.ts'
import { toToken, type Position } from './position.ts'
import { findHeads, type Head } from './queries.ts'

// Whichever process writes, the number of the last change stands in the database.
const lookMs = 150
const credentialCheckMs = 2_000
const heartbeatMs = 25_000
const maxStreamsOfUser = 10

type Listener = Follower & {
  stream: Readable
  /** The last change that it was told of. */
  modseq: number
  checkedAt: number
  sentAt: number
}

export type Events = {
  /**
   * Events of a book (WHATWG HTML, Server-sent events): `changed` if something has changed since the
   * position, and then soon after each change. The stream ends with the session or token; of too many of one
   * user, the oldest ends.
   */
  open(who: Follower, since: Position, head: Head): Readable
  /** Ends all streams. */
  close(): void
}

export function openEvents(
  services: Pick<Services, 'database' | 'db' | 'cache' | 'keyIdentities'>,
): Events {
  // In the order in which they came.
  const listeners = new Set<Listener>()
  const closing = new AbortController()
  let watching: Promise<void> | undefined

  /** One look at a time, for all who listen. */
  async function watch() {
    while (listeners.size > 0 && (await waited(closing.signal))) {
      // While the database is away, nothing changes.
      await look().catch(() => {})
    }
    watching = undefined
  }

  async function look() {
    const owners = new Set(Array.from(listeners, ({ userId }) => userId))
    const heads = await findHeads(services.database.read, [...owners])
    await Promise.all(Array.from(listeners, (one) => serve(one, heads.get(one.userId))))
  }

  async function serve(listener: Listener, head: Head | undefined) {
    const now = performance.now()
    const hasChanged = head !== undefined && head.modseq > listener.modseq
    if (hasChanged || now - listener.checkedAt > credentialCheckMs) {
      const isAlive = await isStillLetIn(services, listener)
      if (!listeners.has(listener)) return
      if (!isAlive) return end(listener)
      listener.checkedAt = now
    }
    if (hasChanged) sendChange(listener, head)
    else if (now - listener.sentAt > heartbeatMs) send(listener, ': still there\n\n')
  }

  function end(listener: Listener) {
    listeners.delete(listener)
    listener.stream.push(null)
  }

  function endOldest(userId: string) {
    const own = [...listeners].filter((listener) => listener.userId === userId)
    for (const listener of own.slice(0, -maxStreamsOfUser)) end(listener)
  }

  return {
    open({ userId, credential }, since, head) {
      const stream = new Readable({ read() {} })
      const now = performance.now()
      const { modseq } = since
      const listener = { userId, credential, stream, modseq, checkedAt: now, sentAt: now }
      stream.once('close', () => listeners.delete(listener))
      // The client sees at once that it is connected.
      send(listener, ': connected\n\n')
      if (head.modseq > since.modseq) sendChange(listener, head)
      listeners.add(listener)
      if (closing.signal.aborted) end(listener)
      endOldest(userId)
      watching ??= watch()
      return stream
    },
    close() {
      closing.abort()
      for (const listener of listeners) end(listener)
    },
  }
}

/** A client that does not read learns later, of all changes at once. */
function sendChange(listener: Listener, head: Head) {
  if (listener.stream.readableLength >= listener.stream.readableHighWaterMark) return
  listener.modseq = head.modseq
  const next = toToken(positionAt(head))
  send(listener, `event: changed\ndata: ${JSON.stringify({ next })}\n\n`)
}

function send(listener: Listener, text: string) {
  listener.sentAt = performance.now()
  listener.stream.push(text)
}

/** @returns false at once when the signal is aborted */
function waited(signal: AbortSignal): Promise<boolean> {
  return setTimeout(lookMs, true, { signal, ref: false }).catch(() => false)
}
