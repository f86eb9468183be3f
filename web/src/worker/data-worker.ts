import { loadSync, openAccount, type Account } from './account.ts'
import { codeOf, endSession, Refused, Unreachable } from './api.ts'
import type { DataWorker, SessionState, User, WorkerEvent } from './calls.ts'
import { countBirthdays } from './count-birthdays.ts'
import { openDeviceDatabase } from './database.ts'
import { isDiskFull } from './disk.ts'
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
  let beginning: ReturnType<typeof setTimeout> | undefined
  const device = openDeviceDatabase()

  function emit(event: WorkerEvent) {
    for (const listener of listeners) listener(event)
  }
  const emitSession = (state: SessionState) => emit({ type: 'session', state })

  /** Opens the account of a user, once; another one takes its place. */
  function open(user: User): Promise<void> {
    opening = opening
      .catch(() => {})
      .then(async () => {
        if (account?.user.id === user.id) return
        account?.close()
        if (account) opened = Promise.withResolvers<Account>()
        account = await openAccount(user, currentSession().token, emit)
        opened.resolve(account)
        account.syncing.setVisible(isVisible)
        await account.show()
      })
    return opening
  }

  function currentSession(): Session {
    session ??= createSession({
      opened(user) {
        emitSession({ kind: 'open', user })
        void begin(user)
      },
      expired() {
        account?.syncing.setOnline(false)
        emitSession(account ? { kind: 'expired', user: account.user } : { kind: 'none' })
      },
      ended: () => void forget({ kind: 'ended', lost: account?.book.state.outbox.length ?? 0 }),
    })
    return session
  }

  /** Keeps the book of a user here, and goes online; again and again while there is no room for it. */
  async function begin(user: User, isAgain = false): Promise<void> {
    clearTimeout(beginning)
    try {
      await remember(user)
      if (isAgain) emit({ type: 'disk', isFull: false })
    } catch (error) {
      if (isDiskFull(error)) emit({ type: 'disk', isFull: true })
      beginning = setTimeout(() => void begin(user, true), firstPauseMs)
    }
    if (account?.user.id === user.id) account.syncing.setOnline(true)
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
    clearTimeout(beginning)
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
      showTrouble(error)
      looking = setTimeout(() => void look(Math.min(2 * pauseMs, longestPauseMs)), pauseMs)
    }
  }

  function showTrouble(error: unknown) {
    if (!account) return emitSession({ kind: 'unknown' })
    emitSession({ kind: 'offline', user: account.user })
    const changes = account.book.state.outbox.length
    const failing = { kind: 'failing', changes, code: codeOf(error) } as const
    account.syncing.show(error instanceof Unreachable ? { kind: 'offline' } : failing)
  }

  /** Somebody who logged out without a network is still logged in on the server. */
  async function finishSignOut(): Promise<void> {
    const isEverywhere = await (await device).get('logouts', 'last')
    if (isEverywhere === undefined) return
    await endSession(isEverywhere)
    await (await device).delete('logouts', 'last')
  }

  const current = () => opened.promise
  const edits = async () => (await current()).edits()
  async function unsentHere() {
    const { book, database } = await current()
    const { unsentOf } = await import('./unsent.ts')
    return unsentOf(book, database)
  }

  return {
    async start(listener, userId) {
      listeners.push(listener)
      const user = await (await device).get('users', 'last')
      // Nobody else's book is shown, not even until the session is known.
      if (user?.id === userId) await open(user)
      // There is nothing to show before it is read, and the session is asked for meanwhile.
      else void loadSync()
      await look()
    },
    list: async (query) => (await current()).lists(query),
    shown: async () => (await current()).shown(),
    contact: async (id) => (await current()).contact(id),
    contacts: async (ids) => (await current()).book.contacts(ids),
    async birthdays(today) {
      const { book } = await current()
      await book.whole
      const { birthdaysOf } = await import('./birthdays.ts')
      return birthdaysOf(book.state.rows, today)
    },
    async countBirthdays(today) {
      const { book } = await current()
      await book.whole
      const birthdays = book.state.rows.map((row) => row?.birthday ?? null)
      return countBirthdays(birthdays, today)
    },
    photo: async (path, size) => (await (await current()).photos()).get(path, size),
    change: async (changes) => (await edits()).change(changes),
    undo: async (undo, ids) => (await edits()).undo(undo, ids),
    async retryWaiting(opId) {
      await (await edits()).retry(opId)
      await (await current()).syncing.now()
    },
    loadDraft: async (id) => (await (await current()).database.get('drafts', id)) ?? null,
    async keepDraft(userId, contactId, draft) {
      const { user, database } = await current()
      if (user.id !== userId) return false
      if (draft) await database.put('drafts', draft)
      else await database.delete('drafts', contactId)
      return true
    },
    async setPreferences(patch) {
      const { book, syncing } = await current()
      const { setPreferences } = await import('./preferences.ts')
      await setPreferences(book, patch)
      syncing.soon()
    },
    call: async (call) => (await current()).api.call(call),
    async events(path, listener) {
      const response = await (await current()).api.request(path)
      const { eventsOf } = await import('./events.ts')
      for await (const event of eventsOf(response)) listener(event)
    },
    async syncNow() {
      await account?.syncing.now()
      await look()
    },
    async setVisible(visible) {
      isVisible = visible
      account?.syncing.setVisible(visible)
    },
    async storageUse() {
      const { storageUse } = await import('./storage-use.ts')
      return storageUse(await current())
    },
    async downloadAgain() {
      const { downloadAgain } = await import('./storage-use.ts')
      await downloadAgain(await current())
    },
    unsent: unsentHere,
    async signOut(unsent, everywhere) {
      if (unsent === 'send') {
        await (await current()).syncing.now()
        const left = await unsentHere()
        if (Object.values(left).some((some) => some.length)) return left
      }
      await (await device).put('logouts', everywhere, 'last')
      await finishSignOut().catch(() => {})
      session?.announceEnd()
      await forget({ kind: 'none' })
      return null
    },
  }
}
