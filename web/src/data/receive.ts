import { rememberUser } from '../device.ts'
import type { SessionState, WorkerEvent } from '../worker/calls.ts'
import { takeRows } from './book.ts'
import { keepFirstList } from './first-list.ts'
import { askForLastingStorage } from './lasting-storage.ts'
import { contactsChanged, orderChanged } from './signals.ts'
import { useData } from './state.ts'

/** Another account has another book: the page begins anew. */
function takeSession(session: SessionState): void {
  const before = useData.getState().session
  if ('user' in session) rememberUser(session.user.id)
  useData.setState({ session })
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
      return useData.setState({ labels, counts, total })
    }
    case 'sync':
      return useData.setState({ sync: event.state })
    case 'session':
      return takeSession(event.state)
    case 'waiting':
      return useData.setState({ waiting: event.changes })
    case 'conflicts':
      return useData.setState({ conflicts: event.conflicts })
    case 'preferences':
      return useData.setState({ preferences: event.preferences })
    default:
      return useData.setState({ isDiskFull: event.isFull })
  }
}
