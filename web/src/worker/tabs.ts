import type { SyncState } from './calls.ts'

/** What tabs of one account tell each other. */
type Message =
  /** The copy of the book was changed. */
  | { type: 'written' }
  /** The leader is to begin a round, also where the last one failed and it waits. */
  | { type: 'wake'; isAsked: boolean }
  | { type: 'sync'; state: SyncState }
  | { type: 'visible'; tab: string; isVisible: boolean }
  /** A tab begins to lead, and asks who is in sight. */
  | { type: 'leading' }
  | { type: 'wiped' }

export type TabListener = { [Type in Message['type']]: (message: Message & { type: Type }) => void }

export type Tabs = { send(message: Message): void; close(): void }

/** The other tabs of an account. */
export function joinTabs(userId: string, listener: TabListener): Tabs {
  const channel = new BroadcastChannel(`kith-${userId}`)
  channel.addEventListener('message', ({ data }: MessageEvent<Message>) => {
    const listen = listener[data.type] as (message: Message) => void
    listen(data)
  })
  let isOpen = true
  return {
    send(message) {
      if (isOpen) channel.postMessage(message)
    },
    close() {
      isOpen = false
      channel.close()
    },
  }
}
