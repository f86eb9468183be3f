import {
  Refused,
  refreshSession,
  Unreachable,
  type BrowserSession,
  type TokenSource,
} from './api.ts'
import type { User } from './calls.ts'

export type Session = {
  token: TokenSource
  /** Makes sure that there is a session; whoever listens hears what there is. */
  look: () => Promise<void>
  /** Tells the other tabs that nobody is logged in any more. */
  announceEnd: () => void
  close: () => void
}

export type SessionListener = {
  opened: (user: User) => void
  /** There was a session, or none was ever known here. */
  expired: () => void
  /** Ended on purpose: what is kept here is to be forgotten. */
  ended: () => void
}

type Message = { type: 'opened'; session: BrowserSession } | { type: 'ended' }

/** How long before its end a token is no longer used. */
const spareMs = 60_000

/** The session of this browser: the access token is in memory alone, and shared with the other tabs. */
export function createSession(listener: SessionListener): Session {
  // Times are of the monotonic clock: the one on the wall may be wrong.
  let access: { token: string; endsAt: number } | null = null
  let refreshing: Promise<void> | undefined
  let isEnded = false
  const channel = new BroadcastChannel('kith-session')
  channel.addEventListener('message', ({ data }: MessageEvent<Message>) => {
    if (data.type === 'opened') take(data.session)
    else end()
  })

  function take({ access_token, expires_in, user }: BrowserSession) {
    isEnded = false
    access = { token: access_token, endsAt: performance.now() + expires_in * 1000 }
    listener.opened(user)
  }

  /** Once: what is kept here is counted, then wiped, and asked for again it would be nothing. */
  function end() {
    access = null
    if (isEnded) return
    isEnded = true
    listener.ended()
  }

  function goodToken(refused?: string): string | null {
    if (!access || access.token === refused) return null
    return access.endsAt - performance.now() > spareMs ? access.token : null
  }

  /** One tab at a time; the others find the new token when it is their turn. */
  function refresh(refused?: string): Promise<void> {
    return inTurn(async () => {
      if (goodToken(refused) !== null) return
      // The server knows no more of it, and would say that there never was one.
      if (isEnded) throw new Refused(401, 'session_ended', '', null)
      try {
        const session = await refreshSession()
        take(session)
        channel.postMessage({ type: 'opened', session } satisfies Message)
      } catch (error) {
        if (!(error instanceof Refused) || error.status !== 401) throw error
        access = null
        if (error.code === 'session_ended') {
          channel.postMessage({ type: 'ended' } satisfies Message)
          end()
        } else listener.expired()
        throw error
      }
    })
  }

  async function token(refused?: string): Promise<string> {
    const good = goodToken(refused)
    if (good !== null) return good
    refreshing ??= refresh(refused).finally(() => (refreshing = undefined))
    await refreshing
    if (!access) throw new Refused(401, 'session_expired', '', null)
    return access.token
  }

  return {
    token,
    async look() {
      await token()
    },
    announceEnd() {
      access = null
      isEnded = true
      channel.postMessage({ type: 'ended' } satisfies Message)
    },
    close: () => channel.close(),
  }
}

/** Without a secure context there are no locks; then the server's grace serves tabs that meet. */
async function inTurn(work: () => Promise<void>): Promise<void> {
  if (!('locks' in navigator)) return work()
  await navigator.locks.request('kith-session', work)
}

export function isUnreachable(error: unknown): boolean {
  return error instanceof Unreachable
}
