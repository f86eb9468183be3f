import { useData } from '../data/state.ts'
import type { User } from '../worker/calls.ts'

/** Shows the account as the server has answered it, before it is read the next time. */
export function showUser(user: User): void {
  useData.setState(({ session }) => ('user' in session ? { session: { ...session, user } } : {}))
}
