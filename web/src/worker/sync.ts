import { Refused, Unreachable, type Api } from './api.ts'
import type { SyncState } from './calls.ts'
import { isDiskFull } from './disk.ts'
import { readChanges } from './feed.ts'
import type { LocalBook } from './local-book.ts'
import { syncPreferences } from './preferences.ts'
import { createPush } from './push.ts'

/** Sends what waits and reads what has changed, one after the other. */
export type Sync = {
  /** Begins a round now, or another one behind the one under way; resolves when it is done. */
  now: () => Promise<void>
  /** The same, unless the server was not there, or said when to come again: then at that time. */
  soon: () => void
  state: () => SyncState
  stop: () => void
}

type Trouble =
  | { kind: 'offline' }
  | { kind: 'full' }
  | { kind: 'failing'; code: string; againAt: number | null }

const firstPauseMs = 5_000
const longestPauseMs = 60_000

export function createSync(api: Api, book: LocalBook, onChanged: (state: SyncState) => void): Sync {
  const push = createPush(api, book)
  let trouble: Trouble | null = null
  let reading: { done: number; total: number } | null = null
  let sendsAgainAt: number | null = null
  let failures = 0
  let timer: ReturnType<typeof setTimeout> | undefined
  let round: Promise<void> | null = null
  let isAgain = false
  let isStopped = false

  function state(): SyncState {
    if (reading) return { kind: 'reading', ...reading }
    if (trouble?.kind === 'offline' || !navigator.onLine) return { kind: 'offline' }
    if (trouble?.kind === 'full') return { kind: 'full' }
    const changes = book.state.outbox.length
    if (trouble?.kind === 'failing' && trouble.againAt === null) {
      return { kind: 'failing', changes, code: trouble.code }
    }
    if (changes > 0) return { kind: 'waiting', changes, sendsAgainAt }
    return trouble ? { kind: 'failing', changes, code: trouble.code } : { kind: 'up-to-date' }
  }

  function schedule(ms: number) {
    clearTimeout(timer)
    if (!isStopped) timer = setTimeout(() => void now(), ms)
  }

  async function runRound(): Promise<void> {
    clearTimeout(timer)
    if (!navigator.onLine) return onChanged(state())
    try {
      await syncAll()
      failures = 0
      trouble = null
    } catch (error) {
      await note(error)
    } finally {
      reading = null
      onChanged(state())
    }
  }

  async function syncAll(): Promise<void> {
    const isFirst = book.state.meta.token === undefined && book.state.outbox.length === 0
    if (isFirst) return allOf(read(), syncPreferences(api, book))
    await syncPreferences(api, book)
    await sendAll()
    const refusedBefore = refused()
    await read()
    // What was refused for want of its contact, and may be sent since that is back.
    if (refused() < refusedBefore) isAgain = true
  }

  const refused = () => book.state.outbox.filter(({ refusal }) => refusal).length

  function read(): Promise<void> {
    return readChanges(api, book, (done, total) => {
      reading = { done, total }
      onChanged(state())
    })
  }

  async function sendAll(): Promise<void> {
    for (;;) {
      const outcome = await push.sendSome()
      sendsAgainAt = null
      // What was sent needs no room; what is read next does.
      if (trouble?.kind !== 'full') trouble = null
      onChanged(state())
      if (outcome === 'nothing') return
      if (outcome === 'sent') continue
      sendsAgainAt = Date.now() + outcome.waitMs
      return schedule(outcome.waitMs)
    }
  }

  async function note(error: unknown): Promise<void> {
    failures++
    const pauseMs = Math.min(firstPauseMs * 2 ** (failures - 1), longestPauseMs)
    if (error instanceof Unreachable) {
      trouble = { kind: 'offline' }
      return schedule(pauseMs)
    }
    if (isDiskFull(error)) {
      trouble = { kind: 'full' }
      return schedule(pauseMs)
    }
    const { status, code, retryAfter } =
      error instanceof Refused ? error : { status: 0, code: 'internal_error', retryAfter: null }
    // Whoever holds the session says what is to be done.
    if (status === 401) return
    if (status === 410) {
      await book.write(false, (edit) => edit.setMeta({ token: undefined }))
      isAgain = true
      return
    }
    const waitMs = retryAfter === null ? pauseMs : retryAfter * 1000
    const againAt = retryAfter === null ? null : Date.now() + waitMs
    trouble = { kind: 'failing', code, againAt }
    sendsAgainAt = againAt
    schedule(waitMs)
  }

  async function rounds(): Promise<void> {
    isAgain = false
    await runRound()
    if (isAgain && !isStopped) await rounds()
  }

  function now(): Promise<void> {
    if (isStopped) return Promise.resolve()
    if (round) isAgain = true
    round ??= rounds().finally(() => (round = null))
    return round
  }

  return {
    now,
    soon() {
      // There may be room by now.
      if (!trouble || trouble.kind === 'full') void now()
    },
    state,
    stop() {
      isStopped = true
      clearTimeout(timer)
    },
  }
}

/** Waits for all, also where one fails. */
async function allOf(...works: Promise<void>[]): Promise<void> {
  await Promise.allSettled(works)
  await Promise.all(works)
}
