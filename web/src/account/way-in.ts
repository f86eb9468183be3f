import { knownUser, rememberUser, showFrame } from '../device.ts'
import { to } from '../routes.ts'
import { findSession } from './api.ts'

/**
 * Whether the app may start in this browser. One that has never been here, or has forgotten that it was, is
 * asked for its session first, and leaves for the signed-out pages where there is none.
 */
export async function findWayIn(): Promise<boolean> {
  if (knownUser() !== null) return true
  const session = await findSession()
  if (session === 'none') {
    location.replace(signedOutAddress())
    return false
  }
  if (session !== 'unreachable') rememberUser(session.user.id)
  showFrame()
  return true
}

/** Where to go without a session: back here after the login, unless it is the first page. */
export function signedOutAddress(): string {
  const here = location.pathname + location.search
  return here === to.contacts ? '/welcome' : to.logIn(here)
}
