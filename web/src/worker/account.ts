import { v4 as randomId } from 'uuid'
import { createApi, type Api, type TokenSource } from './api.ts'
import type { Changed } from './book-state.ts'
import type { Contact, SyncState, Undo, User, WorkerEvent } from './calls.ts'
import { applyChanges, type Step } from './changes.ts'
import { shownConflict } from './conflicts.ts'
import { isField, type Values } from './contact-fields.ts'
import { deleteBookDatabase, openBookDatabase, type BookDatabase } from './database.ts'
import { createFollower } from './follow.ts'
import { shownRows } from './index-row.ts'
import { standForLeader } from './leader.ts'
import { createLists } from './lists.ts'
import { createLocalBook, type LocalBook } from './local-book.ts'
import { waitingOf } from './outbox.ts'
import { createPhotos, type Photos } from './photos.ts'
import { languageOf } from './stored-meta.ts'
import { createSync } from './sync.ts'
import { joinTabs } from './tabs.ts'
import { createUndoSteps } from './undo.ts'
import { discardEntry, retryAll } from './waiting.ts'

/** All that there is of an account on this device, in this tab. */
export type Account = {
  user: User
  api: Api
  book: LocalBook
  database: BookDatabase
  photos: Photos
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

/** Opens the copy of an account's book, and shows what is in it; nothing waits for the network. */
export async function openAccount(
  user: User,
  tokens: TokenSource,
  emit: (event: WorkerEvent) => void,
): Promise<Account> {
  const database = await openBookDatabase(user.id)
  const api = createApi(tokens)
  const tab = randomId()
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
  const sync = createSync(api, book, {
    changed(state) {
      tabs.send({ type: 'sync', state })
      showSync(state)
    },
    diskFull() {
      void photos.clear().catch(() => {})
      emit({ type: 'disk-full' })
    },
  })
  const follower = createFollower(api, book, () => sync.soon())
  const photos = createPhotos(api, database)
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
    await sync.now()
    follow()
  }

  function syncSoon() {
    if (!leadership.isLeader()) tabs.send({ type: 'wake', isAsked: false })
    else if (isOnline) sync.soon()
  }

  function follow() {
    follower.set(isOnline && leadership.isLeader() && visible.size > 0)
  }

  const polling = setInterval(() => {
    if (leadership.isLeader() && visible.size > 0 && !follower.isConnected()) void syncNow()
  }, pollMs)

  async function apply(steps: readonly Step[]): Promise<Step[]> {
    const undo = await book.write(true, (edit) => applyChanges(edit, steps))
    syncSoon()
    return undo
  }

  function close() {
    clearInterval(polling)
    follower.set(false)
    sync.stop()
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
      await book.write(true, retryAll)
      await syncNow()
    },
    discard: (opId) => book.write(true, (edit) => discardEntry(edit, opId)),
    async resolve(contactId, field, keep) {
      if (!isField(field)) return
      const mine: Values = { ...book.state.conflicts.get(contactId)?.mine }
      const patch = { [field]: mine[field] }
      if (keep === 'mine') await apply([{ kind: 'patch', id: contactId, patch }])
      delete mine[field]
      await book.write(true, (edit) => edit.setConflict(contactId, mine))
    },
    syncNow,
    syncSoon,
    syncState: () => shownSync,
    setVisible(isVisible) {
      if (isVisible) visible.add(tab)
      else visible.delete(tab)
      tabs.send({ type: 'visible', tab, isVisible })
      if (isVisible && !follower.isConnected()) void syncNow()
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

function wayOfShowing({ state: { meta } }: LocalBook): string {
  return `${languageOf(meta)} ${meta.preferences?.name_order}`
}

/** Shows what was written. */
function announce(book: LocalBook, changed: Changed, emit: (event: WorkerEvent) => void): void {
  const { state } = book
  if (changed.slots.size > 0) {
    emit({ type: 'rows', rows: shownRows([...changed.slots], state.rows) })
    emit({ type: 'contacts', ids: [...changed.ids], whole: changed.isWhole })
  }
  if (changed.slots.size > 0 || changed.isWhole) emit({ type: 'order' })
  announceSmall(book, emit)
  void announceConflicts(book, emit)
}

/** Shows everything but the contacts. */
function announceSmall(book: LocalBook, emit: (event: WorkerEvent) => void): void {
  const { state } = book
  const labels = [...state.labels.values()].sort((one, other) => one.name.localeCompare(other.name))
  emit({ type: 'labels', labels, ...book.counts() })
  emit({ type: 'waiting', changes: state.outbox.map(waitingOf) })
  const { preferences } = state.meta
  if (preferences) emit({ type: 'preferences', preferences })
}

/** Shows what somebody has to choose. */
async function announceConflicts(
  book: LocalBook,
  emit: (event: WorkerEvent) => void,
): Promise<void> {
  const { state } = book
  const isLastNameFirst = state.meta.preferences?.name_order === 'last_name_first'
  const shown = await Promise.all(
    [...state.conflicts.values()].map(async (conflict) => {
      const contact = await book.contact(conflict.contactId)
      return contact ? shownConflict(conflict, contact, isLastNameFirst) : null
    }),
  )
  emit({ type: 'conflicts', conflicts: shown.filter((one) => one !== null) })
}
