import { createWaitingNews } from './announce-waiting.ts'
import {
  announce,
  announceConflicts,
  announceFirstList,
  announceSmall,
  wayOfShowing,
} from './announce.ts'
import { createApi, type Api, type TokenSource } from './api.ts'
import type { Contact, User, WorkerEvent } from './calls.ts'
import { deleteBookDatabase, openBookDatabase, type BookDatabase } from './database.ts'
import type { Edits } from './edits.ts'
import { lazily } from './lazily.ts'
import { createLists } from './lists.ts'
import { createLocalBook, type LocalBook } from './local-book.ts'
import type { Photos } from './photos.ts'
import { startSyncing, type Syncing } from './syncing.ts'

/** All that there is of an account on this device, in this tab. */
export type Account = {
  user: User
  api: Api
  book: LocalBook
  database: BookDatabase
  syncing: Syncing
  photos: () => Promise<Photos>
  edits: () => Promise<Edits>
  lists: ReturnType<typeof createLists>
  /** Shows what is on the device: the first screen at once, then the rest. */
  show: () => Promise<void>
  /** The first rows are on the screen. */
  shown: () => void
  /** A contact of this device or, while the book was never read, of the server. */
  contact: (id: string) => Promise<Contact | null>
  close: () => void
  wipe: () => Promise<void>
}

// What is in sight is shown by then, or the page is not in sight.
const longestFirstMs = 2_000

/** Loads what reads the book from the server. */
export const loadSync = () =>
  Promise.all([import('./sync.ts'), import('./write-book.ts')]).catch(() => {})

/** Loads what works without a network before there is none; the shell may not be kept yet. */
async function loadRest() {
  await loadSync()
  await Promise.all([
    import('./edits.ts'),
    import('./searching.ts'),
    import('./unsent.ts'),
    import('./preferences.ts'),
    import('./follow.ts'),
    import('./photos.ts'),
    import('./birthdays.ts'),
  ]).catch(() => {})
}

/** Opens the copy of an account's book, and shows what is in it; nothing waits for the network. */
export async function openAccount(
  user: User,
  tokens: TokenSource,
  emit: (event: WorkerEvent) => void,
): Promise<Account> {
  const database = await openBookDatabase(user.id)
  const { promise: firstRead, resolve: readFirst } = Promise.withResolvers<void>()
  const { promise: firstShown, resolve: shown } = Promise.withResolvers<void>()
  const api = createApi(tokens)
  let shownAs = ''
  let isDiskFull = false

  const book = createLocalBook(
    database,
    (changed, isOwn) => {
      announce(book, changed, emit)
      waiting.announce()
      syncing.count()
      if (!isOwn) return
      syncing.announce('written')
      if (shownAs !== wayOfShowing(book)) void showAnew()
    },
    {
      makeRoom: async () => (await photos()).clear(),
      setFull(isFull) {
        if (isFull !== isDiskFull) emit({ type: 'disk', isFull })
        isDiskFull = isFull
      },
    },
  )
  const waiting = createWaitingNews(book, emit)
  const syncing = startSyncing(user, api, book, emit)
  const photos = lazily(async () => (await import('./photos.ts')).createPhotos(api, database))
  const edits = lazily(async () => (await import('./edits.ts')).createEdits(book, syncing.soon))

  /** Names are shown in another way: all rows are made anew. */
  async function showAnew() {
    shownAs = wayOfShowing(book)
    await book.reindex()
  }

  function close() {
    waiting.stop()
    syncing.close()
    book.close()
  }

  return {
    user,
    api,
    book,
    database,
    syncing,
    photos,
    edits,
    lists: createLists(book, firstRead, shown),
    shown,
    async show() {
      const first = await book.loadFirst()
      shownAs = wayOfShowing(book)
      readFirst()
      if (first) emit({ type: 'rows', rows: first })
      // Nothing here does not mean that there is nothing.
      if (book.state.meta.token === undefined) syncing.show({ kind: 'reading', done: 0, total: 0 })
      syncing.count()
      emit({ type: 'order' })
      announceSmall(book, emit)
      waiting.announce()
      if (first) {
        announceFirstList(book, emit)
        setTimeout(shown, longestFirstMs)
        await firstShown
      }
      await book.loadIndex((rows) => emit({ type: 'rows', rows }))
      void loadRest()
      emit({ type: 'order' })
      announceSmall(book, emit)
      waiting.announce()
      void announceConflicts(book, emit)
    },
    async contact(id) {
      const known = await book.contact(id)
      if (known || book.state.meta.token !== undefined || !syncing.isOnline()) return known
      const { status, body } = await api.call({ method: 'GET', path: `/api/contacts/${id}` })
      return status === 200 ? (body as Contact) : null
    },
    close,
    async wipe() {
      syncing.announce('wiped')
      close()
      await deleteBookDatabase(user.id)
    },
  }
}
