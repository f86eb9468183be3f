import { useData } from '../data/state.ts'
import { forgetDevice } from '../device.ts'
import { signedOutAddress } from './way-in.ts'

/** Leaves the app for the signed-out pages once nobody is logged in on this device any more. */
export function leaveWithoutSession(): void {
  useData.subscribe(({ session }, { session: before }) => {
    if (session.kind !== 'none' && session.kind !== 'ended') return
    forgetDevice()
    // Whoever logs in after a log-out may be somebody else, who has no business where this one was.
    const address = 'user' in before ? '/welcome' : signedOutAddress()
    if (session.kind === 'none') return location.replace(address)
    location.replace(session.lost > 0 ? `/login?ended=${session.lost}` : '/login?ended')
  })
}
