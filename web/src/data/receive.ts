import { rememberUser } from '../device.ts'
import type { SessionState, WorkerEvent } from '../worker/calls.ts'
import { takeRows } from './book.ts'
import { keepFirstList } from './first-list.ts'
import { isSame } from './is-same.ts'
import { askForLastingStorage } from './lasting-storage.ts'
import { contactsChanged, orderChanged } from './signals.ts'
import { useData, type State } from './state.ts'

/** Another account has another book: the page begins anew. */
function takeSession(session: SessionState): void {
  const before = useData.getState().session
  if ('user' in session) rememberUser(session.user.id)
  take({ session })
  const isOther = 'user' in before && 'user' in session && before.user.id !== session.user.id
  if (isOther) location.reload()
}

/** Takes over what the data worker says. */
export function receive(event: WorkerEvent): void {
  switch (event.type) {
    case 'rows':
      return takeRows(event.rows)
    case 'order':
      keepFirstList(null)
      return orderChanged.raise()
    case 'first-list':
      return keepFirstList(event)
    case 'contacts':
      return contactsChanged.raise(event.whole ? null : event.ids)
    case 'labels': {
      const { labels, counts, total } = event
      askForLastingStorage(total)
      return take({ labels, counts, total })
    }
    case 'sync':
      return take({ sync: event.state })
    case 'session':
      return takeSession(event.state)
    case 'waiting':
      return take({ waiting: event.changes })
    case 'conflicts':
      return take({ conflicts: event.conflicts })
    case 'preferences':
      return take({ preferences: event.preferences })
    default:
      return take({ isDiskFull: event.isFull })
  }
}

/** The worker says much again that is known already, and nothing that shows it is to be rendered anew. */
function take(said: Partial<State>): void {
  const known = useData.getState()
  const news = Object.entries(said).filter(
    ([name, value]) => !isSame(known[name as keyof State], value),
  )
  if (news.length > 0) useData.setState(Object.fromEntries(news))
}
