import { setTimeout } from 'node:timers/promises'
import type { Ask } from '../db/ask.ts'
import { AppError } from '../errors.ts'
import { presentImport } from './imports.ts'
import { findImport, type ImportRow } from './queries.ts'

// The process that does the work, this or another, writes its progress into the database.
const lookMs = 250
const heartbeatMs = 15_000
const maxStreamsOfOwner = 4

export type Streams = {
  /**
   * The events of an import (WHATWG HTML, Server-sent events): `progress` when something changed, at
   * most four a second, and `done` when it has come to its end.
   * @throws AppError `too_many` when the owner listens to too many already
   */
  open(ownerId: string, row: ImportRow, gone: AbortSignal): AsyncGenerator<string>
  /** Ends all streams. */
  close(): void
}

export function openStreams(read: Ask): Streams {
  const closing = new AbortController()
  const open = new Map<string, number>()

  async function* listen(ownerId: string, first: ImportRow, signal: AbortSignal) {
    try {
      let row: ImportRow | undefined = first
      let lastState = ''
      let lastSent = performance.now()
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
        row = await findImport(read, ownerId, first.id)
      }
    } catch (error) {
      // The client has gone, or the server stops: then the client connects again.
      if (!signal.aborted) throw error
    } finally {
      leave(ownerId)
    }
  }

  function leave(ownerId: string) {
    const left = (open.get(ownerId) ?? 1) - 1
    if (left > 0) open.set(ownerId, left)
    else open.delete(ownerId)
  }

  return {
    open(ownerId, row, gone) {
      const count = open.get(ownerId) ?? 0
      if (count >= maxStreamsOfOwner) {
        const detail = `You listen to ${maxStreamsOfOwner} imports already. End one of them first.`
        throw new AppError('too_many', 'too_many_streams', detail, { retryAfterSeconds: 5 })
      }
      open.set(ownerId, count + 1)
      return listen(ownerId, row, AbortSignal.any([gone, closing.signal]))
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
