import type { Api } from './api.ts'
import type { SyncState, User, WorkerEvent } from './calls.ts'
import type { Follower } from './follow.ts'
import { lazily } from './lazily.ts'
import { standForLeader } from './leader.ts'
import type { LocalBook } from './local-book.ts'
import type { Sync } from './sync.ts'
import { joinTabs } from './tabs.ts'

/** Keeps the copy of a book in step with the server, by whichever tab of this device leads. */
export type Syncing = {
  /** Sends and reads now. */
  now: () => Promise<void>
  /** The same, unless that failed and is to be done later. */
  soon: () => void
  state: () => SyncState
  show: (state: SyncState) => void
  /** Shows how many changes wait, before they are sent. */
  count: () => void
  /** Whether this tab is in sight: one in sight listens to events. */
  setVisible: (isVisible: boolean) => void
  isOnline: () => boolean
  /** The session is there, and what needs the network may begin; or it is over. */
  setOnline: (isOnline: boolean) => void
  /** Lets the other tabs know that the copy was changed, or is gone. */
  announce: (what: 'written' | 'wiped') => void
  close: () => void
}

const pollMs = 5 * 60_000

/** A part that cannot be loaded now is asked for again when it is needed again. */
function later() {}

export function startSyncing(
  user: User,
  api: Api,
  book: LocalBook,
  emit: (event: WorkerEvent) => void,
): Syncing {
  // No two tabs of a device have the same.
  const tab = `${performance.timeOrigin} ${Math.random()}`
  const visible = new Set<string>()
  let isOnline = false
  let shown: SyncState = { kind: 'unknown' }
  let sync: Sync | null = null
  let follower: Follower | null = null

  const rounds = lazily(async () => {
    const { createSync } = await import('./sync.ts')
    return (sync = createSync(api, book, (state) => {
      tabs.send({ type: 'sync', state })
      show(state)
    }))
  })
  const following = lazily(async () => {
    const { createFollower } = await import('./follow.ts')
    return (follower = createFollower(api, book, soon))
  })

  function show(state: SyncState) {
    shown = state
    emit({ type: 'sync', state })
  }

  function count() {
    if (['unknown', 'up-to-date', 'waiting'].includes(shown.kind)) showWaiting()
  }

  function showWaiting() {
    const changes = book.state.outbox.length
    const sendsAgainAt = isOnline && shown.kind === 'waiting' ? shown.sendsAgainAt : null
    show(changes > 0 ? { kind: 'waiting', changes, sendsAgainAt } : { kind: 'up-to-date' })
  }

  const tabs = joinTabs(user.id, {
    written: () => void book.refresh(),
    wake: ({ isAsked }) => leadership.isLeader() && void (isAsked ? now() : soon()),
    sync: ({ state }) => show(state),
    visible: (message) => see(message.tab, message.isVisible),
    leading: () => tabs.send({ type: 'visible', tab, isVisible: visible.has(tab) }),
    wiped: () =>
      emit({ type: 'session', state: { kind: 'ended', lost: book.state.outbox.length } }),
  })

  const leadership = standForLeader(user.id, () => {
    tabs.send({ type: 'leading' })
    void now()
  })

  async function now() {
    if (!isOnline) return
    if (!leadership.isLeader()) return tabs.send({ type: 'wake', isAsked: true })
    await book.whole
    await (await rounds()).now()
    follow()
  }

  function soon() {
    if (!leadership.isLeader()) tabs.send({ type: 'wake', isAsked: false })
    else if (isOnline) rounds().then((sync) => sync.soon(), later)
  }

  function see(tab: string, isVisible: boolean) {
    if (isVisible) visible.add(tab)
    else visible.delete(tab)
    follow()
  }

  function follow() {
    const isWanted = isOnline && leadership.isLeader() && visible.size > 0
    if (isWanted) following().then((follower) => follower.set(true), later)
    else follower?.set(false)
  }

  const polling = setInterval(() => {
    if (leadership.isLeader() && visible.size > 0 && !follower?.isConnected()) void now()
  }, pollMs)

  return {
    now,
    soon,
    state: () => shown,
    show,
    count,
    setVisible(isVisible) {
      see(tab, isVisible)
      tabs.send({ type: 'visible', tab, isVisible })
      if (isVisible && !follower?.isConnected()) void now()
    },
    isOnline: () => isOnline,
    setOnline(isNow) {
      const isOther = isNow !== isOnline
      isOnline = isNow
      if (isNow && isOther) void now()
      if (isNow) return
      follow()
      // The network is there, so that it is not what changes wait for.
      if (shown.kind !== 'reading') showWaiting()
    },
    announce: (type) => tabs.send({ type }),
    close() {
      clearInterval(polling)
      follower?.set(false)
      sync?.stop()
      leadership.resign()
      tabs.close()
    },
  }
}
