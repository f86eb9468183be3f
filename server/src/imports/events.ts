import { setTimeout } from 'node:timers/promises'
import { isStillLetIn, type Follower } from '../accounts/sessions/credential.ts'
import { AppError } from '../errors.ts'
import type { Services } from '../services.ts'
import type { ImportRow } from './import-row.ts'
import { presentImport } from './imports.ts'
import { findImport } from './queries.ts'

// The process that does the work, this or another, writes its progress into the database.
const lookMs = 250
const credentialCheckMs = 2_000
const heartbeatMs = 15_000
const maxStreamsOfOwner = 4

export type Streams = {
  /**
   * The events of an import (WHATWG HTML, Server-sent events): `progress` when something changed, at
   * most four a second, and `done` when it has come to its end. The stream ends with the session or token
   * of who follows.
   * @throws AppError `too_many` when the owner listens to too many already
   */
  open(who: Follower, row: ImportRow, gone: AbortSignal): AsyncGenerator<string>
  /** Ends all streams. */
  close(): void
}

export function openStreams(
  services: Pick<Services, 'database' | 'db' | 'cache' | 'keyIdentities'>,
): Streams {
  const { read } = services.database
  const closing = new AbortController()
  const open = new Map<string, number>()

  async function* listen(who: Follower, first: ImportRow, signal: AbortSignal) {
    try {
      let row: ImportRow | undefined = first
      let lastState = ''
      let lastSent = performance.now()
      let lastCheck = lastSent
      while (row) {
        const state = JSON.stringify(presentImport(row))
        if (isOver(row)) {
          yield event('done', state)
          return
        }
        if (state !== lastState) yield event('progress', state)
        else if (performance.now() - lastSent > heartbeatMs) yield ': still there\n\n'
        if (state !== lastState || performance.now() - lastSent > heartbeatMs) {
          lastSent = performance.now()
        }
        lastState = state
        await setTimeout(lookMs, undefined, { signal })
        row = await findImport(read, who.userId, first.id)
        if (performance.now() - lastCheck < credentialCheckMs) continue
        if (!(await isStillLetIn(services, who))) return
        lastCheck = performance.now()
      }
    } catch (error) {
      // The client has gone, or the server stops: then the client connects again.
      if (!signal.aborted) throw error
    } finally {
      leave(who.userId)
    }
  }

  function leave(ownerId: string) {
    const left = (open.get(ownerId) ?? 1) - 1
    if (left > 0) open.set(ownerId, left)
    else open.delete(ownerId)
  }

  return {
    open(who, row, gone) {
      const { userId } = who
      const count = open.get(userId) ?? 0
      if (count >= maxStreamsOfOwner) {
        const detail = `You listen to ${maxStreamsOfOwner} imports already. End one of them first.`
        throw new AppError('too_many', 'too_many_streams', detail, { retryAfterSeconds: 5 })
      }
      open.set(userId, count + 1)
      return listen(who, row, AbortSignal.any([gone, closing.signal]))
    },
    close: () => closing.abort(),
  }
}

function isOver({ state }: ImportRow): boolean {
  return state === 'done' || state === 'failed' || state === 'undone'
}

function event(name: string, data: string): string {
  return `event: ${name}\ndata: ${data}\n\n`
}
