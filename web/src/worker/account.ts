import { announce, announceConflicts, announceSmall, wayOfShowing } from './announce.ts'
import { createApi, type Api, type TokenSource } from './api.ts'
import type { Contact, SyncState, Undo, User, WorkerEvent } from './calls.ts'
import type { Step } from './changes.ts'
import type { Field } from './contact-fields.ts'
import { deleteBookDatabase, openBookDatabase, type BookDatabase } from './database.ts'
import type { Follower } from './follow.ts'
import { lazily } from './lazily.ts'
import { standForLeader } from './leader.ts'
import { createLists } from './lists.ts'
import { createLocalBook, type LocalBook } from './local-book.ts'
import type { Photos } from './photos.ts'
import type { Sync } from './sync.ts'
import { joinTabs } from './tabs.ts'
import { createUndoSteps } from './undo.ts'

/** All that there is of an account on this device, in this tab. */
export type Account = {
  user: User
  api: Api
  book: LocalBook
  database: BookDatabase
  photos: () => Promise<Photos>
  lists: ReturnType<typeof createLists>
  change: (steps: readonly Step[]) => Promise<Undo>
  undo: (undo: Undo) => Promise<void>
  undoLast: () => Promise<Undo | null>
  retry: () => Promise<void>
  discard: (opId: string) => Promise<void>
  resolve: (contactId: string, field: keyof Contact, keep: 'mine' | 'theirs') => Promise<void>
  /** Sends and reads now, by whichever tab leads. */
  syncNow: () => Promise<void>
  /** The same, unless that failed and is to be done later. */
  syncSoon: () => void
  syncState: () => SyncState
  setVisible: (isVisible: boolean) => void
  /** Shows what is on the device: the first screen at once, then the rest. */
  show: () => Promise<void>
  /** A contact of this device or, while the book was never read, of the server. */
  contact: (id: string) => Promise<Contact | null>
  /** The session is there: what needs the network may begin. */
  goOnline: () => void
  /** The session is over. */
  goOffline: () => void
  close: () => void
  wipe: () => Promise<void>
}

const pollMs = 5 * 60_000

/** Loads what works without a network before there is none; the shell may not be kept yet. */
const loadRest = () =>
  Promise.all([
    import('./edit.ts'),
    import('./changes.ts'),
    import('./searching.ts'),
    import('./conflicts.ts'),
    import('./preferences.ts'),
    import('./waiting.ts'),
    import('./sync.ts'),
    import('./follow.ts'),
    import('./photos.ts'),
  ]).catch(later)

/** A part that cannot be loaded now is asked for again when it is needed again. */
function later() {}

/** Opens the copy of an account's book, and shows what is in it; nothing waits for the network. */
export async function openAccount(
  user: User,
  tokens: TokenSource,
  emit: (event: WorkerEvent) => void,
): Promise<Account> {
  const database = await openBookDatabase(user.id)
  const api = createApi(tokens)
  // No two tabs of a device have the same.
  const tab = `${performance.timeOrigin} ${Math.random()}`
  const visible = new Set<string>()
  let isOnline = false
  let shownSync: SyncState = { kind: 'up-to-date' }

  let shownAs = ''
  const book = createLocalBook(database, (changed, isOwn) => {
    announce(book, changed, emit)
    if (!isOwn) return
    tabs.send({ type: 'written' })
    if (shownAs !== wayOfShowing(book)) void showAnew()
  })

  /** Names are shown in another way: all rows are made anew. */
  async function showAnew() {
    shownAs = wayOfShowing(book)
    await book.reindex()
  }
  let sync: Sync | null = null
  const syncing = lazily(async () => {
    const { createSync } = await import('./sync.ts')
    sync = createSync(api, book, {
      changed(state) {
        tabs.send({ type: 'sync', state })
        showSync(state)
      },
      diskFull() {
        photos()
          .then((kept) => kept.clear())
          .catch(later)
        emit({ type: 'disk-full' })
      },
    })
    return sync
  })
  let follower: Follower | null = null
  const following = lazily(async () => {
    const { createFollower } = await import('./follow.ts')
    return (follower = createFollower(api, book, syncSoon))
  })
  const photos = lazily(async () => (await import('./photos.ts')).createPhotos(api, database))
  const undoSteps = createUndoSteps()

  function showSync(state: SyncState) {
    shownSync = state
    emit({ type: 'sync', state })
  }

  const tabs = joinTabs(user.id, {
    written: () => void book.refresh(),
    wake: ({ isAsked }) => leadership.isLeader() && void (isAsked ? syncNow() : syncSoon()),
    sync: ({ state }) => showSync(state),
    visible({ tab: other, isVisible }) {
      if (isVisible) visible.add(other)
      else visible.delete(other)
      follow()
    },
    leading: () => tabs.send({ type: 'visible', tab, isVisible: visible.has(tab) }),
    wiped: () => emit({ type: 'session', state: { kind: 'ended' } }),
  })

  const leadership = standForLeader(user.id, () => {
    tabs.send({ type: 'leading' })
    void syncNow()
  })

  async function syncNow() {
    if (!isOnline) return
    if (!leadership.isLeader()) return tabs.send({ type: 'wake', isAsked: true })
    await book.whole
    await (await syncing()).now()
    follow()
  }

  function syncSoon() {
    if (!leadership.isLeader()) tabs.send({ type: 'wake', isAsked: false })
    else if (isOnline) syncing().then((sync) => sync.soon(), later)
  }

  function follow() {
    const isWanted = isOnline && leadership.isLeader() && visible.size > 0
    if (isWanted) following().then((follower) => follower.set(true), later)
    else follower?.set(false)
  }

  const polling = setInterval(() => {
    if (leadership.isLeader() && visible.size > 0 && !follower?.isConnected()) void syncNow()
  }, pollMs)

  async function apply(steps: readonly Step[]): Promise<Step[]> {
    const { applyChanges } = await import('./changes.ts')
    const undo = await book.write(true, (edit) => applyChanges(edit, steps))
    syncSoon()
    return undo
  }

  function close() {
    clearInterval(polling)
    follower?.set(false)
    sync?.stop()
    leadership.resign()
    tabs.close()
    book.close()
  }

  return {
    user,
    api,
    book,
    database,
    photos,
    lists: createLists(book),
    change: async (steps) => undoSteps.add(await apply(steps)),
    async undo(undo) {
      await apply(undoSteps.take(undo))
    },
    async undoLast() {
      const last = undoSteps.takeLast()
      if (!last) return null
      await apply(last.steps)
      return last.undo
    },
    async retry() {
      const { retryAll } = await import('./waiting.ts')
      await book.write(true, retryAll)
      await syncNow()
    },
    async discard(opId) {
      const { discardEntry } = await import('./waiting.ts')
      await book.write(true, (edit) => discardEntry(edit, opId))
    },
    async resolve(contactId, field, keep) {
      const { mine } = book.state.conflicts.get(contactId) ?? {}
      if (!mine || !(field in mine)) return
      const { [field as Field]: value, ...others } = mine
      if (keep === 'mine')
        await apply([{ kind: 'patch', id: contactId, patch: { [field]: value } }])
      await book.write(true, (edit) => edit.setConflict(contactId, others))
    },
    syncNow,
    syncSoon,
    syncState: () => shownSync,
    setVisible(isVisible) {
      if (isVisible) visible.add(tab)
      else visible.delete(tab)
      tabs.send({ type: 'visible', tab, isVisible })
      if (isVisible && !follower?.isConnected()) void syncNow()
      follow()
    },
    async show() {
      const first = await book.loadFirst()
      shownAs = wayOfShowing(book)
      if (first) emit({ type: 'rows', rows: first })
      // Nothing here does not mean that there is nothing.
      if (book.state.meta.token === undefined) showSync({ kind: 'reading', done: 0, total: 0 })
      emit({ type: 'order' })
      announceSmall(book, emit)
      await book.loadIndex((rows) => emit({ type: 'rows', rows }))
      void loadRest()
      emit({ type: 'order' })
      announceSmall(book, emit)
      void announceConflicts(book, emit)
    },
    async contact(id) {
      const known = await book.contact(id)
      if (known || book.state.meta.token !== undefined || !isOnline) return known
      const { status, body } = await api.call({ method: 'GET', path: `/api/contacts/${id}` })
      return status === 200 ? (body as Contact) : null
    },
    goOnline() {
      if (isOnline) return
      isOnline = true
      void syncNow()
    },
    goOffline() {
      isOnline = false
      follow()
    },
    close,
    async wipe() {
      tabs.send({ type: 'wiped' })
      close()
      await deleteBookDatabase(user.id)
    },
  }
}
