import { openAccount, type Account } from './account.ts'
import { codeOf, endSession, Refused, Unreachable } from './api.ts'
import type { DataWorker, SessionState, User, WorkerEvent } from './calls.ts'
import { countBirthdays } from './count-birthdays.ts'
import { openDeviceDatabase } from './database.ts'
import { createSession, type Session } from './session.ts'

const firstPauseMs = 5_000
const longestPauseMs = 60_000

/** What the page may ask, answered from this device where that can be. */
export function createDataWorker(): DataWorker {
  const listeners: ((event: WorkerEvent) => void)[] = []
  let account: Account | null = null
  let opened = Promise.withResolvers<Account>()
  let opening: Promise<void> = Promise.resolve()
  let isVisible = true
  let session: Session | null = null
  let looking: ReturnType<typeof setTimeout> | undefined
  const device = openDeviceDatabase()

  function emit(event: WorkerEvent) {
    for (const listener of listeners) listener(event)
  }
  const emitSession = (state: SessionState) => emit({ type: 'session', state })

  /** Opens the account of a user, once; another one takes its place. */
  function open(user: User): Promise<void> {
    opening = opening.then(async () => {
      if (account?.user.id === user.id) return
      account?.close()
      if (account) opened = Promise.withResolvers<Account>()
      account = await openAccount(user, currentSession().token, emit)
      opened.resolve(account)
      account.setVisible(isVisible)
      await account.show()
    })
    return opening
  }

  function currentSession(): Session {
    session ??= createSession({
      opened(user) {
        emitSession({ kind: 'open', user })
        void remember(user).then(() => account?.goOnline())
      },
      expired() {
        account?.goOffline()
        emitSession(account ? { kind: 'expired', user: account.user } : { kind: 'none' })
      },
      ended: () => void forget({ kind: 'ended' }),
    })
    return session
  }

  async function remember(user: User): Promise<void> {
    const before = await (await device).get('users', 'last')
    await (await device).put('users', user, 'last')
    await open(user)
    if (!before || before.id === user.id) return
    const { retireBookDatabase } = await import('./retire.ts')
    await retireBookDatabase(before.id)
  }

  /** Wipes this device. */
  async function forget(state: SessionState): Promise<void> {
    await (await device).delete('users', 'last')
    const wiped = account
    account = null
    opened = Promise.withResolvers<Account>()
    await wiped?.wipe()
    emitSession(state)
  }

  /** Looks whether there is a session; without a network, what is here is shown all the same. */
  async function look(pauseMs = firstPauseMs): Promise<void> {
    clearTimeout(looking)
    try {
      await finishSignOut()
      await currentSession().look()
    } catch (error) {
      // Whoever holds the session knows what is to be done.
      if (error instanceof Refused && error.status === 401) return
      if (account) showTrouble(account.user, error)
      looking = setTimeout(() => void look(Math.min(2 * pauseMs, longestPauseMs)), pauseMs)
    }
  }

  function showTrouble(user: User, error: unknown) {
    emitSession({ kind: 'offline', user })
    const changes = account?.book.state.outbox.length ?? 0
    const failing = { kind: 'failing', changes, code: codeOf(error) } as const
    emit({ type: 'sync', state: error instanceof Unreachable ? { kind: 'offline' } : failing })
  }

  /** Somebody who logged out without a network is still logged in on the server. */
  async function finishSignOut(): Promise<void> {
    const isEverywhere = await (await device).get('logouts', 'last')
    if (isEverywhere === undefined) return
    await endSession(isEverywhere)
    await (await device).delete('logouts', 'last')
  }

  const current = () => opened.promise

  return {
    async start(listener) {
      listeners.push(listener)
      const user = await (await device).get('users', 'last')
      if (user) await open(user)
      await look()
    },
    list: async (query) => (await current()).lists(query),
    contact: async (id) => (await current()).contact(id),
    contacts: async (ids) => (await current()).book.contacts(ids),
    async birthdays() {
      const { book } = await current()
      await book.whole
      return book.state.rows.flatMap((row, slot) =>
        row?.birthday ? { id: row.id, slot, title: row.title, birthday: row.birthday } : [],
      )
    },
    async countBirthdays(today) {
      const { book } = await current()
      await book.whole
      const birthdays = book.state.rows.map((row) => row?.birthday ?? null)
      return countBirthdays(birthdays, today)
    },
    photo: async (path, size) => (await (await current()).photos()).get(path, size),
    change: async (changes) => (await current()).change(changes),
    undo: async (undo) => (await current()).undo(undo),
    undoLast: async () => (await current()).undoLast(),
    retryWaiting: async () => (await current()).retry(),
    discardWaiting: async (opId) => (await current()).discard(opId),
    async resolveConflict(contactId, field, keep) {
      await (await current()).resolve(contactId, field, keep)
    },
    loadDraft: async (id) => (await (await current()).database.get('drafts', id)) ?? null,
    async saveDraft(draft) {
      await (await current()).database.put('drafts', draft)
    },
    async dropDraft(id) {
      await (await current()).database.delete('drafts', id)
    },
    async setPreferences(patch) {
      const { book, syncSoon } = await current()
      const { setPreferences } = await import('./preferences.ts')
      await setPreferences(book, patch)
      syncSoon()
    },
    call: async (call) => (await current()).api.call(call),
    async events(path, listener) {
      const response = await (await current()).api.request(path)
      const { eventsOf } = await import('./events.ts')
      for await (const event of eventsOf(response)) listener(event)
    },
    async syncNow() {
      if (account) await account.syncNow()
      await look()
    },
    async setVisible(visible) {
      isVisible = visible
      account?.setVisible(visible)
    },
    async storageUse() {
      const { storageUse } = await import('./storage-use.ts')
      return storageUse(await current())
    },
    async downloadAgain() {
      const { book, photos, syncNow } = await current()
      await (await photos()).clear()
      await book.write(true, (edit) => edit.setMeta({ token: undefined }))
      await syncNow()
    },
    async signOut(unsent, everywhere) {
      const { book, syncNow } = await current()
      if (unsent === 'send') await syncNow()
      const waiting = book.state.outbox.length
      if (unsent === 'send' && waiting > 0) return { unsent: waiting }
      await (await device).put('logouts', everywhere, 'last')
      await finishSignOut().catch(() => {})
      session?.announceEnd()
      await forget({ kind: 'none' })
      return { unsent: 0 }
    },
  }
}
