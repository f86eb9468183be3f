import { firstSession } from '../data/thread.ts'
import { knownUser, rememberUser, showFrame } from '../device.ts'
import { to } from '../routes.ts'

/**
 * Whether the app may start in this browser. One that has never been here, or has forgotten that it was, is
 * asked for its session first, and leaves for the signed-out pages where there is none, or where the server
 * cannot be asked: nothing is on the device to be shown meanwhile, and those pages are kept with the app.
 */
export async function findWayIn(): Promise<boolean> {
  if (knownUser() !== null) return true
  const session = await firstSession
  if (!('user' in session)) {
    location.replace(signedOutAddress())
    return false
  }
  rememberUser(session.user.id)
  showFrame()
  return true
}

/** Where to go without a session: back here after the login, unless it is the first page. */
export function signedOutAddress(): string {
  const here = location.pathname + location.search
  return here === to.contacts ? '/welcome' : to.logIn(here)
}
